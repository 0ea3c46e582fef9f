"""The log: one append-only table of events in Postgres, in one total order.

- `migrate`      brings a database to this build's schema
- `connection`   connects to Postgres as the application's role
- `commands`     the shape of a request to the log, and of its result
- `writer`       commits requests in groups; the only code that appends
- `append`       one transaction of the writer
- `deciding`     turns commands into events, in order
- `rows`         encodes events for COPY
- `loading`      reads what decisions need from the log
- `memory`       keeps what the writer knows between transactions
- `idempotency`  keeps the answers given under idempotency keys
- `audit`        the audit list: who did what, and when
- `reader`       reads events by position
- `finding`      finds the positions of the events that a moderator asks for
- `describe`     events as outside programs read them, each with its standing
- `browsing`     the same, newest first
- `story`        one event with its stream, and why it has its standing
- `voter`        everything that one pseudonym voted
- `sql`          the statements, one a file

`schema/` shows the schema that the migrations add up to, function bodies included.
"""
