"""The facts: what happened, and the only code that writes and reads the log.

- `ids`         the names that everything else is keyed by: positions, subjects, actors, slugs
- `facts`       one Struct for each thing that can happen
- `kinds`       the stored name of each fact, and the kind of thing it is
- `streams`     folds the facts of one stream into its state (`evolve`)
- `codec`       turns facts into stored bytes and back
- `times`       converts times to UTC
- `log`         the table of events in Postgres: appending, reading, migrating
- `moderation`  rulings on events, given in batches
- `hints`       messages between processes that may be lost
- `jobs`        long work that processes hand to the workers
- `tasks`       ends background tasks reliably
"""
