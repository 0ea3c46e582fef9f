"""Examples that the OpenAPI schema shows.

- `common`    of most operations
- `compare`   of comparisons
- `matchups`  of matchups
- `replays`   of replays
- `rules`     of rules
"""
