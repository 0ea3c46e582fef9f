"""Writes a command's results to standard output, and its log lines to standard error."""

import logging
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager

import structlog


def configure_logs(*, level: int = logging.INFO) -> None:
    """Send structlog's lines of this level and above, and the libraries' warnings, to standard error."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Plain: the pretty traceback would show local variables, such as tokens and voters' accounts.
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


@contextmanager
def allow_closed_pipe() -> Generator[None]:
    """Let the reader of standard output close it early, as `head` does, without an error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Discard what is still buffered, so that Python's flush at exit does not fail either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
