"""A small catalogue to look at: tools, a panel with its reviews, and votes that no person cast.

- `catalogue.json`  what is said of tools, panelists and reviews; `appeal` is the share of simulated votes
                    that say ship
- `content`         reads it, and makes the orders to the log
"""
