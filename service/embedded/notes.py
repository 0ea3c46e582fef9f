"""Lines for the person at the terminal; standard output stays free for what was asked for."""

import sys


def note(message: str) -> None:
    """Write one line to standard error, under the command's name."""
    sys.stderr.write(f"ostraka: {message}\n")
    sys.stderr.flush()
