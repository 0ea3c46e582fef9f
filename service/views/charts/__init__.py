"""Charts, made here: no script draws them, and what they show stands beside them as text.

A whisker and a bar are data. Where a page puts them they are inline SVG; terminals draw them in characters.

- `svg`      elements, escaped
- `scale`    from values to places in percent of the width, so that a chart fits any screen without distortion
- `whisker`  an estimate and its interval; `versus`, what is preferred of two tools
- `history`  shares over time; `pace`, how many things happened when
"""
