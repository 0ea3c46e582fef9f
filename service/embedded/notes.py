"""Messages to the person at the terminal. They go to standard error; standard output is for results."""

import sys


def note(message: str) -> None:
    """Write one line to standard error, after the command's name."""
    sys.stderr.write(f"ostraka: {message}\n")
    sys.stderr.flush()
