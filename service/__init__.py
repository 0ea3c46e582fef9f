"""HTTP, the command line, and the right to say no.

A vote's way: `routes` read it (`asking`, `auth`, `bodies`) into one of the `commands`, `writing` hands it
to the log's writer, and the answer goes back as bytes (`answers`) or as a refusal (`problems`). A score's
way: `routes` ask the `score_cache`, which holds documents made by the read models.

- `app`        the composition root: settings in, a Litestar app out; `express` the way of its busiest routes
- `resources`  what a process holds open; `settings` where its servers are
- `openapi`    describes the operations; `metrics` counts them
- `cli`        the `ostraka` command
- `embedded`   Postgres, Valkey and the processes of `ostraka up`
"""
