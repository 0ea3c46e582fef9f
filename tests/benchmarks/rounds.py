"""Measures in turn, so that whatever else the machine does hits all measures alike."""

from collections.abc import Awaitable, Callable
from statistics import median

Measure = Callable[[], Awaitable[float]]


async def in_turn(rounds: int, *measures: Measure) -> tuple[float, ...]:
    """Run all measures one after the other, `rounds` times over; return each one's median."""
    found: list[list[float]] = [[] for _ in measures]
    for _ in range(rounds):
        for measure, values in zip(measures, found, strict=True):
            values.append(await measure())
    return tuple(median(values) for values in found)


def percentile(values: list[float], share: float) -> float:
    """Return the value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
