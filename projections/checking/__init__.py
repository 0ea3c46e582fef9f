"""The continuous check that the read models agree with the log, a few subjects at a time.

- `drift`    folds some subjects into temporary tables and compares these with the live ones
- `rounds`   goes through all subjects in rounds; the only writer of `checks`
- `repairs`  checks the next subjects, counts those that drifted and folds them again
- `sql`      the statements, one a file
"""
