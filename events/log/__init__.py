"""The log: one append-only table of events in Postgres, in one total order.

- `migrate`     brings a database to this build's schema
- `connection`  how the application connects
- `commands`    what a request to the log looks like, and what it gets back
- `writer`      group commit: the only place that appends
- `append`      one transaction of the writer
- `deciding`    commands into events, in order
- `rows`        events as COPY takes them
- `loading`     what decisions stand on, read from the log
- `memory`      what a writer remembers between transactions
- `answers`     idempotency keys
- `audit`       who did what: the list of it
- `reader`      positions in, events out
- `finding`     where the events stand that a moderator asks about
- `describe`    events as outside programs read them, each with its standing
- `browsing`    the same newest first, for whoever looks through them
- `story`       one event with its stream, and why it stands as it does
- `voter`       all that one pseudonym ever said
"""
