"""Read models: what the log comes to. Each is a folder with its tables, its fold and its queries.

- `catalogue`  tools and panelists as listed
- `reviews`    standing reviews, and each tool's panel tally
- `community`  each tool's crowd tally (a ballot itself is read off the log: its stream is the ballot box)
- `scores`     the score document made of the tallies; `wilson` is its interval
- `agreement`  how often one voter says what others say
- `model`      what a read model is; `registry` names them all
- `folding`    a range of positions in, upserts out, the checkpoint in the same transaction
- `catching_up`  all models, range after range, as far as the log goes
- `lags`       how far the models are behind
- `install`    creates the tables, anew where a model's definition changed
"""
