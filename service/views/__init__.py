"""Views that pages and the terminal share: numbers as words and drawings. Nothing here answers a request.

- `words`        how numbers, times and names are written
- `addresses`    how links are written
- `moments`      which moment is shown, in words
- `facts`        what a tool is, and what a reviewer says of it
- `shares`       how much of panel or crowd says ship
- `ratings`      a tool's rating by its matchups
- `boards`       the rows of a leaderboard
- `comparisons`  tools side by side
- `charts`       charts as data and as inline SVG
- `differences`  how rebuilt read models differ from the live ones
"""
