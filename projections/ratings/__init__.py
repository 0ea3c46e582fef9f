"""Ratings from matchups: pure functions from counted outcomes to scores, intervals and ranks.

- `fit`      fits all tools: groups, scores, intervals, notes
- `groups`   which tools can be compared with each other at all
- `maximum`  the Bradley-Terry maximum within one group
- `spread`   by how much the likelihood may fall before strengths are no longer credible
- `profile`  the interval of each strength that follows from that
- `onesided` the one bound of a tool that only won or only lost
- `logistic` chances from gaps between strengths
- `rating`   what a tool's rating is, the scale, and the difference of two ratings
- `ranks`    the ranks that a tool may have

`rating` and `ranks` do without numpy, so a process that only reads ratings does not pay for it.
"""
