"""A small catalogue to look at: tools, a panel with its reviews, simulated votes and simulated preferences.

- `content`  reads catalogue.json, and makes the commands that write the demo to the log

catalogue.json holds the tools, panelists and reviews. `appeal` is the share of simulated votes that say ship;
`strengths` decide how often a tool wins simulated matchups, context by context.
"""
