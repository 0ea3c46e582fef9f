"""Moderation: rulings on events, given in batches that can be previewed, watched and taken back.

- `selection`  which events a moderator means
- `orders`     what a moderator asks for, and which events that is about
- `ruling`     the order that lets one event count no longer, or again
- `batches`    what was ordered, which events it is about, and what came of each
- `running`    gives a batch's rulings, page by page; whoever does may be killed
"""
