"""The past of the scores, exact at every position: as published there, and as corrected by what is known now.

- `moments`  one state of the read models, and which position a time means
- `counts`   what scores were made of at a position, for some tools or a category
- `panel`    what the panel said at any position, in plain Python: a tool has few reviews
- `history`  a tool's counts by hour, day or week
- `matchups` what was preferred in a pair's matchups at a position
- `changes`  why a tool's score changed: bursts of votes, and batches of rulings
"""
