"""Versioned rules: pure functions that turn counts into what readers see.

- `tallies`     the counts that rules take
- `difference`  the interval of a difference of two shares
- `preference`  the interval of a share of head-to-head votes, ties included
- `rule`        what a rule is, and the laws that each rule must keep
- `registry`    all rules, by name
- `adoption`    which rule is current at each position; only it reads the database
- `sql`         the statements, one a file

A rule that has been current is never edited, so that what was published under it can always be computed
again. To change the rules, add one to `registry`. A rule sees tallies, not votes. A rule that counts only
some kinds of votes would need a tally for each kind, and a field that names the kinds.
"""
