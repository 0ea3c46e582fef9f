"""The page that compares tools.

- `page`   answers its address
- `query`  which tools, use case and moment an address asks for
- `view`   what the page shows
- `sides`  what each tool is, and the comparison without it
"""
