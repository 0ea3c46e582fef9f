"""The page of a leaderboard.

- `page`   answers its address
- `query`  which leaderboard an address asks for
- `view`   what the page shows
"""
