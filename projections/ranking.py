"""The ranks that tools may have by the intervals of their shares."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping
from typing import TypeVar

from projections.wilson import Interval

T = TypeVar("T", bound=Hashable)


def rank(intervals: Mapping[T, Interval]) -> dict[T, str]:
    """Rank tools by the intervals of their shares, the best first from 1.

    Returns:
        The ranks a tool may have: it stands behind those alone whose whole interval lies above its own, and
        ahead of those whose lies below. So "2", or "2-4" where intervals overlap and nobody can tell.

    Source: Goldstein and Spiegelhalter (1996), "League tables and their limitations", JRSS A 159(3), 385-443.
    """
    lows = sorted(low for low, _ in intervals.values())
    highs = sorted(high for _, high in intervals.values())
    ranks: dict[T, str] = {}
    for tool, (low, high) in intervals.items():
        best = len(lows) - bisect_right(lows, high) + 1
        worst = len(highs) - bisect_left(highs, low)
        ranks[tool] = str(best) if best == worst else f"{best}-{worst}"
    return ranks
