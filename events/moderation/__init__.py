"""Moderation: rulings on events, given in batches that can be previewed, watched and reverted.

- `selection`  how a moderator selects events
- `orders`     the order for a batch, and the events that it selects
- `ruling`     the command that retracts or reinstates one event
- `batches`    stores batches, their targets and their outcomes
- `running`    gives a batch's rulings, page by page; a killed run can be continued
- `sql`        the statements, one a file
"""
