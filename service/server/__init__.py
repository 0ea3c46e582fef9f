"""The parts of one API process, and the checks before it starts.

- `settings`            reads the settings from the environment
- `preflight`           checks whether PostgreSQL and Valkey can be reached
- `migrate`             migrates a database for a command
- `listening`           the listening socket that API processes share
- `uvicorn_server`      uvicorn, which ends streams at shutdown and cuts off stalled clients
- `resources`           everything that the process holds open while it serves
- `metrics`             the Prometheus metrics
- `garbage_collection`  how often Python collects cyclic garbage
"""
