"""Sets how often Python collects cyclic garbage. Reference counts free all other objects at once.

Requests and votes create many objects and hardly any cycles. With Python's default thresholds, the collector
took a third of a vote's time and half of an import's (docs/performance.md).
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

SERVING: Final = (50_000, 20, 100)
"""The collector's three thresholds: new objects, less those freed, before a collection of the youngest
generation (Python's default is 700); such collections before one of the middle generation; and those before
one of the oldest."""

IMPORTING: Final = (200_000, 50, 1_000)
"""Thresholds for an import, which ends before much garbage can gather."""


def collect_rarely() -> None:
    """Exempt the objects that exist now from collection, and collect others less often from now on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SERVING)


@contextmanager
def rare_collection() -> Generator[None]:
    """Collect garbage very rarely within the block."""
    before = gc.get_threshold()
    gc.set_threshold(*IMPORTING)
    try:
        yield
    finally:
        gc.set_threshold(*before)
