"""Facts: what happened, and the only writer and reader of the log.

- `ids`      positions, subjects, actors, slugs: the names everything else is keyed by
- `facts`    one Struct for each thing that can happen
- `streams`  the states that facts fold into, one stream at a time (`evolve`)
- `codec`    facts to stored bytes and back, old schemas included
- `log`      the table of events in Postgres: append, read, migrate
- `hints`    "the log has moved": messages that may be lost
"""
