"""Standard output that whoever reads it may close early, as `head` does."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def read_as_far_as_wanted() -> Generator[None]:
    """Write all that the block prints, or as much as its reader wants: to have seen enough is no error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered goes nowhere, also when Python flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
