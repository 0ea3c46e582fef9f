"""Workers: everything that runs beside the requests, as arq jobs.

- `tail`      folds the log into the read models as it grows
- `settings`  the arq worker: its jobs, schedule and resources; `python -m workers` runs it
"""
