"""Comparisons and leaderboards in characters.

- `comparison`   tools side by side
- `leaderboard`  the tools of a category, ranked
- `matchups`     what is preferred of each two tools
- `lines`        whiskers, bars and their axes
- `layout`       words, marks and tables, as wide as the terminal
"""
