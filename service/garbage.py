"""When Python looks for garbage. Most is freed at once by reference counts; this is about cycles."""

import gc
from typing import Final

YOUNG_MAX: Final = 50_000
"""New objects, less those freed, after which the young ones are looked through. Python's default is 700."""


def collect_rarely() -> None:
    """Let the collector leave alone what is there by now, and look at the rest less often.

    Hundreds of requests wait for a commit at any moment, each with dozens of objects and none of them
    garbage. At the default setting, looking through them over and over took a third of a vote's time
    (docs/performance.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_MAX, 20, 100)
