"""Where a command writes: its results to standard output, its log lines to standard error."""

import logging
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager

import structlog


def configure_logs(*, level: int = logging.INFO) -> None:
    """Send structlog's lines from a level on, and the libraries' warnings, to standard error."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Plain, since the pretty traceback shows local variables: tokens, voters' accounts.
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


@contextmanager
def allow_closed_pipe() -> Generator[None]:
    """Write all that the block prints, or as much as its reader wants: to have seen enough is no error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered goes nowhere, also when Python flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
