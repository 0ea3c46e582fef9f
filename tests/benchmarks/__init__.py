"""`python -m tests.benchmarks` (`make bench`): each figure beside the limit it was measured with.

- `figures`    a measured figure, its limit and its goal
- `rounds`     measures in turn (A B A B …), so that noise hits all alike
- `servers`    Postgres, Valkey, API processes and a worker, as in production
- `variants`   the same API server with an empty app, or with one commit a request
- `log`        a log of any size, filled in SQL
- `load`       what the load generator is asked; `generator` is its process
- `listeners`  what a thousand streams tell, heard in a process of its own
- `votes` `scores` `folds` `imports` `visible` `streams` `coverage` `ratings` `rules` `disk`   figures
- `refit`      one refit of ratings in a process of its own
- `report`     the table, the machine, the JSON file

A limit is what the same machine does in the same minute when all that is ours is left out. So the ratio
says something on any machine, and the absolute figures only on this one.
"""
