"""The continuous check that what is served is what the log comes to, a few subjects at a time.

- `drift`    folds some subjects anew into temporary tables and compares
- `rounds`   goes round all subjects; the only writer of `checks`
- `repairs`  what a worker does about it: counts drift, and folds subjects anew
"""
