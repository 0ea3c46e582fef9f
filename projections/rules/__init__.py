"""Versioned rules: everything that turns counts into what readers see, as pure functions.

- `tallies`     the counts that rules look at
- `difference`  the interval of a difference of two shares
- `preference`  the interval of a share of head-to-head votes, ties included
- `rule`        what a rule is, and the laws that each has to keep
- `registry`    all rules there are, by name
- `adoption`    which rule is current, and which was; it alone reads the database

A rule that has been current is never edited: what was published under it must come out the same for ever.
A change is a new entry in `registry`. A rule sees tallies, not votes. One that counts only some kinds of
votes would name them in a field of its own, and be given a tally for each kind.
"""
