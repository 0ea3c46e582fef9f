"""HTTP, pages and the command line; and the right to say no.

A room may use the rooms below it, never one above it; `make check` holds them to it. docs/architecture.md
walks a vote, a score and a page through them.

- `cli`         the `ostraka` command
- `app`         the composition root: it makes a Litestar app from settings
- `routes`      what answers under `/v1`, and operators
- `pages`       what answers people: pages, forms, pictures, feeds
- `server`      one API process: its settings, its connections, its metrics
- `operations`  what moderators order: batches, replays, tries at quarantined subjects
- `views`       what pages and the terminal both show, in words and drawings
- `live`        scores and ratings as they change
- `reads`       the documents that readers get
- `importing`   files of votes and preferences into commands
- `demo`        the demo's content
- `http`        one request and one response
- `commands`    what may be written, and by whom
- `embedded`    PostgreSQL, Valkey and the supervisor of `ostraka up`
- `errors`      errors that end a command in one line
"""
