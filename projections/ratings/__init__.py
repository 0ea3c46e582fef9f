"""Ratings from matchups: counted outcomes become scores, intervals and ranks.

- `outcomes`  reads counted outcomes of matchups
- `fit`       fits all tools: groups, scores, intervals, notes
- `groups`    finds the tools that can be compared with each other at all
- `maximum`   finds the Bradley-Terry maximum within one group
- `spread`    computes how far the likelihood may fall before a strength is no longer credible
- `profile`   computes the interval of each strength from that
- `onesided`  bounds a tool that only won or only lost
- `logistic`  computes chances from gaps between strengths
- `rating`    the rating of a tool, its scale, and the difference of two ratings
- `ranks`     the ranks that a tool may have
- `arrays`    the types of numpy arrays
- `storing`   keeps the ratings of every context in Postgres
- `past`      fits and remembers ratings at past positions
- `sql`       the statements, one a file

`rating` and `ranks` do not import numpy, so a process that only reads ratings does not load it.
"""
