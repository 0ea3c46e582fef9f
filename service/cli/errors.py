"""Turns every failure of a command into one line on standard error and an exit status.

0: success. 1: something that ran failed. 2: a wrong argument, or an unusable file, folder or port.
130: Ctrl-C.
"""

from typing import Final

import click

from service.embedded.notes import note
from service.errors import ServersError

FAILED: Final = 1
UNUSABLE: Final = 2
INTERRUPTED: Final = 130
DRIVERS: Final = ("asyncpg", "redis")


def run_as_command(command: click.Command) -> int:
    """Run a command with this process's arguments, and return the exit status.

    A defect keeps its traceback: it is a report to the developers, not a message to the user.
    """
    try:
        status = command.main(prog_name="ostraka", standalone_mode=False)
    except click.ClickException as error:
        return _complain(_usage(error), status=UNUSABLE)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except ServersError as error:
        return _complain(str(error), status=error.exit_status)
    except OSError as error:
        return _complain(_reason(error), status=FAILED if error.filename is None else UNUSABLE)
    except Exception as error:
        if not is_from_driver(error):
            raise
        return _complain(_reason(error), status=FAILED)
    return status if isinstance(status, int) else 0


def is_from_driver(error: BaseException) -> bool:
    """Return whether the database's or Redis' driver raised the error, without importing a driver."""
    return any(base.__module__.split(".")[0] in DRIVERS for base in type(error).__mro__)


def _complain(message: str, *, status: int) -> int:
    note(" ".join(message.split()))
    return status


def _usage(error: click.ClickException) -> str:
    message = error.format_message()
    context = error.ctx if isinstance(error, click.UsageError) else None
    return message if context is None else f"{message.rstrip('.')}. See `{context.command_path} --help`."


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return str(error) or type(error).__name__
