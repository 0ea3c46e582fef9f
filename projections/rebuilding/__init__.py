"""Replays: read models are rebuilt beside the live ones while votes keep arriving, compared, and swapped in.

- `replays`    stores replays and their progress; the only writer of `log.replays`
- `beside`     the schemas that hold rebuilt tables
- `comparing`  compares rebuilt and live tables, subject by subject
- `swapping`   puts rebuilt tables in the place of the live ones
- `running`    runs a replay from start to end; a killed run can be continued
- `sql`        the statements, one a file
"""
