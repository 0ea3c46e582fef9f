"""A small catalogue to look at: tools, a panel with its reviews, votes and preferences that no person has.

- `catalogue.json`  what is said of tools, panelists and reviews; `appeal` is the share of simulated votes
                    that say ship, and `strengths` say who wins simulated matchups, context by context
- `content`         reads it, and makes the orders to the log
"""
