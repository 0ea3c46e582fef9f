"""Ranks and verdicts: what a tool's votes come to beside others'."""

from collections.abc import Hashable, Mapping
from typing import Literal, TypeVar

from projections.scores import Counts
from projections.wilson import wilson_interval

Verdict = Literal["ship", "skip", "too close to call"]

T = TypeVar("T", bound=Hashable)


def rank(counts: Mapping[T, Counts]) -> dict[T, int]:
    """Rank tools by the lower bound of the share that a larger crowd would give, the best first from 1.

    Returns:
        Equal bounds share the better rank, and the next one is skipped ("1, 2, 2, 4"). Tools without votes
        have no rank.

    Source: Miller (2009), "How not to sort by average rating", evanmiller.org.
    """
    bounds = {
        tool: wilson_interval(ship=tally.ship, skip=tally.skip)[0]
        for tool, tally in counts.items()
        if tally.ship + tally.skip
    }
    ranks: dict[float, int] = {}
    for place, bound in enumerate(sorted(bounds.values(), reverse=True), start=1):
        ranks.setdefault(bound, place)
    return {tool: ranks[bound] for tool, bound in bounds.items()}


def verdict(counts: Counts) -> Verdict | None:
    """Say what the crowd would have one do, if its interval leaves no doubt; None without votes."""
    if not counts.ship + counts.skip:
        return None
    low, high = wilson_interval(ship=counts.ship, skip=counts.skip)
    if low > 0.5:  # noqa: PLR2004 - the majority
        return "ship"
    return "skip" if high < 0.5 else "too close to call"  # noqa: PLR2004 - the majority
