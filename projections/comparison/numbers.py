"""How numbers are written for readers."""

from collections.abc import Sequence
from math import ceil, log10
from typing import Final

from projections.wilson import Interval

DECIMALS_MAX: Final = 3


def count(number: int, one: str) -> str:
    """Write "1 tie", "2 ties"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def tenths_percent(share: float) -> str:
    """Write "79.9 %", "50 %"."""
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def join(names: Sequence[str], *, word: str = "and") -> str:
    """Write "X", "X and Y", "X, Y and Z"."""
    *others, last = names
    return f"{', '.join(others)} {word} {last}" if others else last


def span(interval: Interval, *, even: float) -> tuple[str, str]:
    """Write both bounds of an interval in hundredths, just fine enough to tell them from `even`."""
    distance = 100 * min(abs(bound - even) for bound in interval)
    wanted = ceil(-log10(distance)) if distance else 0
    decimals = min(DECIMALS_MAX, max(0, wanted))
    low, high = (f"{100 * abs(bound):,.{decimals}f}" for bound in interval)
    return low, high
