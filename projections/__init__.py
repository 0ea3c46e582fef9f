"""Read models: tables that are folded from the log, and everything that is computed from them.

The read models are the folders `catalogue`, `reviews` and `community`. Each has its tables, its fold and its
queries.

- `catalogue`     the tools and panelists that are listed
- `reviews`       standing reviews, and the panel's tally of each tool
- `community`     the crowd's tally of each tool and matchup, and its history

How they are folded:

- `model`         what a read model is
- `registry`      the list of all read models
- `scan`          looks at a range of the log once for all read models
- `folding`       folds a range of positions into one read model
- `cells`         cuts the log into cells, so that a tally at any position is cheap
- `catching_up`   folds all read models to the end of the log
- `lags`          tells how far the read models are behind the log
- `install`       creates the tables, and creates them again when a definition changed
- `quarantine`    subjects with an event that cannot be folded
- `checking`      compares what is served with the log, a few subjects at a time
- `rebuilding`    rebuilds read models beside the live ones and swaps them in
- `sql`           the statements that all read models share, one a file

What is computed from them:

- `rules`         the versioned rules that turn counts into scores, ranks and verdicts
- `criteria`      the criteria that tools are ranked and compared by
- `wilson`        the interval around a share of votes
- `ranking`       ranks by intervals of shares
- `scores`        the score document of a tool
- `past`          scores at any position, as published and as corrected
- `ratings`       ratings fitted to matchups, stored for each context
- `leaderboards`  the tools of a category, ranked
- `comparison`    tools side by side, with a verdict
- `preview`       what a batch of rulings or another rule would change
- `agreement`     how often one voter agrees with the others
"""
