"""Garbage collection during bulk work."""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

THRESHOLDS: Final = (200_000, 50, 1_000)
"""Young objects are looked through now and then, old ones practically never."""


@contextmanager
def rare_collection() -> Generator[None]:
    """Look for garbage rarely within the block.

    Votes on their way hold no cycles, but there are so many that looking through all of them again and
    again took half of an import's time.
    """
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
