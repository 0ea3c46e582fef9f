"""Workers: everything that runs beside the requests, as arq jobs.

- `tail`      folds the log into the read models as it grows
- `replays`   rebuilds read models beside the live ones
- `ratings`   fits ratings anew a moment after matchups changed
- `checks`    tries again what is set aside, and holds what is served against the log
- `settings`  the arq worker: its jobs and schedule
- `running`   tail and jobs in one process; `python -m workers` runs it
"""
