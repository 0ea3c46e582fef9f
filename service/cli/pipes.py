"""Standard output that whoever reads it may close early, as `head` does."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def read_as_far_as_wanted() -> Generator[None]:
    """Write all of the block's output, or as much as the reader wants; that it has seen enough is no error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered goes nowhere, also when Python flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
