"""Ranks and verdicts: what a tool's votes come to beside others'."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping
from typing import Final, Literal, TypeVar

from projections.wilson import Interval, wilson_interval

Verdict = Literal["ship", "skip", "too close to call"]

RANKED_VOTES_MIN: Final = 5
"""With fewer votes than this a tool has no rank: one voter more could move it past half of the others."""

MAJORITY: Final = 0.5

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


def rank_tallies(tallies: Mapping[T, tuple[int, int]], *, votes_min: int = RANKED_VOTES_MIN) -> dict[T, str]:
    """Rank tools by their votes for and against, those with at least `votes_min`."""
    return rank(
        {
            tool: wilson_interval(ship=ship, skip=skip)
            for tool, (ship, skip) in tallies.items()
            if ship + skip >= votes_min
        }
    )


def verdict(interval: Interval, *, votes: int) -> Verdict | None:
    """Say what the crowd would have one do, if its interval leaves no doubt; None without votes."""
    low, high = interval
    if not votes:
        return None
    if low > MAJORITY:
        return "ship"
    return "skip" if high < MAJORITY else "too close to call"
