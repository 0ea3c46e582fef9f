"""Log lines of this process: to standard error, since standard output is for what was asked for."""

import logging
import sys

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
