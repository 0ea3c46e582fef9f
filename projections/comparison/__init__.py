"""Tools side by side: who leads by each criterion, how sure that is, and how fragile.

- `shapes`     the input and the output of a comparison
- `compare`    the whole comparison, by any rule
- `standings`  who leads by one criterion
- `sentences`  the reasons in words
- `summary`    the verdict in one sentence
- `contest`    what the tools of a comparison can be asked under one criterion
- `shares`     the contest of shares, for panel and crowd
- `matchups`   the contest of preferences between two tools
- `fragility`  the fewest votes whose removal would change the verdict
- `removals`   finds the fewest removals that make a change
- `numbers`    writes numbers for readers
- `pairing`    puts reviews of several tools into rows by lens
- `reading`    reads everything about the tools from one snapshot; only it reads the database

All other modules are pure functions of counts and a rule.
"""
