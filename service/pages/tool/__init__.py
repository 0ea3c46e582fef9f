"""The page of a tool.

- `page`           answers its address
- `history`        how its score became what it is
- `history_chart`  the same as a line over time
"""
