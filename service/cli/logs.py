"""The API process's own log lines: to standard error, warnings and worse."""

import logging


def configure_logs() -> None:
    """Send what the libraries log to standard error; `up` writes the process's name before each line."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
