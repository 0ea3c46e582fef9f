"""When Python looks for garbage. Most is freed at once by reference counts; this is about cycles.

Requests and votes on their way make many objects and hardly a cycle. At Python's default setting, looking
through all of them again and again took a third of a vote's time, and half of an import's
(docs/performance.md).
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

SERVING: Final = (50_000, 20, 100)
"""New objects, less those freed, after which the young are looked through (Python's default is 700), and
how many such looks go before one at the middle-aged, and of those before one at all."""

IMPORTING: Final = (200_000, 50, 1_000)
"""As above; an import ends before much garbage can gather."""


def collect_rarely() -> None:
    """Let the collector leave alone what is there by now, and look at the rest less often, from now on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SERVING)


@contextmanager
def rare_collection() -> Generator[None]:
    """Look for garbage very rarely within the block."""
    before = gc.get_threshold()
    gc.set_threshold(*IMPORTING)
    try:
        yield
    finally:
        gc.set_threshold(*before)
