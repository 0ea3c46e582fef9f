"""Leaderboards: the tools of a category, ranked as far as the numbers allow, now or at a position.

- `board`     the rows that all leaderboards share, the listed tools, and the start of the trend
- `shares`    ranks by the votes of the crowd or the reviews of the panel
- `matchups`  ranks by the crowd's preferences between two tools
"""
