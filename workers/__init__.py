"""The workers: everything that runs beside the requests, most of it as arq jobs.

- `subscription`  folds the log into the read models as it grows
- `replays`       rebuilds read models beside the live ones
- `ratings`       fits ratings again shortly after matchups changed
- `checks`        retries quarantined subjects, and compares the read models with the log
- `settings`      the arq worker: its jobs and its schedule
- `running`       runs subscription and jobs in one process; `python -m workers` starts it
"""
