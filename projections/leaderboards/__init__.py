"""Leaderboards: the tools of a category, ranked as far as the numbers carry, now or as they stood.

- `board`     what all leaderboards have in common: their rows, who is listed, and when the trend begins
- `shares`    ranked by what the crowd or the panel says of each tool
- `matchups`  ranked by what the crowd prefers where tools meet
"""
