"""The ranks that rated tools may have."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from math import inf

from projections.ratings.rating import Rating


def rank_ratings(ratings: Sequence[Rating]) -> list[str]:
    """Rank tools by the intervals of their scores, the best first from 1.

    Returns:
        For each rating the ranks that its tool may have, such as "2" or "2-4". Of its own group those alone
        stand before it whose whole interval lies above its own, and those alone behind it whose whole
        interval lies below. Any number of the tools of other groups may stand before it.

    Source: Goldstein and Spiegelhalter (1996), "League tables and their limitations", JRSS A 159(3), 385-443.
    """
    bounds: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for rating in ratings:
        bounds[rating.group].append(_bounds(rating))
    lows = {group: sorted(low for low, _ in found) for group, found in bounds.items()}
    highs = {group: sorted(high for _, high in found) for group, found in bounds.items()}
    ranks: list[str] = []
    for rating in ratings:
        low, high = _bounds(rating)
        before = len(lows[rating.group]) - bisect_right(lows[rating.group], high)
        behind = bisect_left(highs[rating.group], low)
        best, worst = before + 1, len(ratings) - behind
        ranks.append(str(best) if best == worst else f"{best}-{worst}")
    return ranks


def _bounds(rating: Rating) -> tuple[float, float]:
    low, high = rating.interval
    return -inf if low is None else low, inf if high is None else high
