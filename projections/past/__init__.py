"""Scores at any position, exactly: as published there, and as corrected by the rulings known now.

- `moments`   one snapshot of the read models, and the position of a time
- `counts`    the counts behind scores at a position
- `panel`     the panel's verdicts at a position, in plain Python: a tool has few reviews
- `history`   a tool's counts by hour, day or week
- `matchups`  the preferences of a pair of tools at a position
- `changes`   why a tool's score changed: bursts of votes, and batches of rulings
- `rulings`   the batches that ruled on a tool
- `sql`       the statements, one a file
"""
