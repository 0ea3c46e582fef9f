"""Charts without scripts. A page shows the same numbers as text beside each chart.

A whisker and a bar are data. Pages show them as inline SVG; terminals draw them in characters.

- `svg`      elements, escaped
- `scale`    from values to places in percent of the width, so that a chart fits any screen without distortion
- `whisker`  an estimate and its interval
- `versus`   what is preferred of two tools
"""
