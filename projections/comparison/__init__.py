"""Tools side by side: who leads by panel, crowd and head-to-head votes, how sure that is, and how fragile.

- `shapes`     what a comparison is made of, and what it says
- `compare`    the whole of it, by any rule
- `standings`  who leads by one criterion; `sentences` says why
- `summary`    what the criteria come to
- `contest`    the tools under one criterion: `shares` for panel and crowd, `matchups` head to head
- `fragility`  the fewest votes whose removal would change the verdict; `removals` finds such
- `numbers`    how numbers are written for readers
- `pairing`    the tools' reviews in rows, lens by lens
- `reading`    all that is said of the tools in one state; it alone reads the database

All else is pure functions of counts and a rule.
"""
