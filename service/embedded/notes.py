"""Lines for the person at the terminal; standard output stays free for what was asked for."""

import sys


def note(message: str) -> None:
    """Write one line to standard error, under the command's name."""
    print(f"ostraka: {message}", file=sys.stderr, flush=True)
