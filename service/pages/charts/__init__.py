"""Charts as inline SVG, made here: no script draws them, and what they show stands beside them as text.

- `svg`      elements, escaped
- `scale`    from values to places in percent of the width, so that a chart fits any screen without distortion
- `whisker`  an estimate and its interval
- `history`  shares over time
"""
