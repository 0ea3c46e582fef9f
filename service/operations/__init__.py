"""The work that moderators order, for routes and console alike.

- `batches`     rules on the events of a batch: small ones at once, large ones by the workers
- `replays`     orders, follows, swaps in and cancels replays
- `quarantine`  finds a quarantined subject, and folds it again
"""
