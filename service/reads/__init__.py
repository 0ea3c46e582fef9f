"""The documents that readers get, made of what the read models say.

- `as_of`         waits until the read models know the moment that a reader asks for
- `ballots`       a voter's own votes, read off the log
- `comparisons`   tools side by side
- `documents`     documents that are more than a read model's own
- `leaderboards`  a page of a leaderboard
- `measures`      what a leaderboard may rank by: a record for each measure
- `rules`         rules, their previews and adoptions
"""
