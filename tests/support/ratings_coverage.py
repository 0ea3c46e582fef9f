"""How often intervals of ratings hold the truth: matchups drawn with known strengths, again and again.

Each round draws new log strengths from a normal distribution with deviation 1, that is 174 points. Each
matchup is between two tools taken at random; left's expected share p follows from their strengths. A share
of twice the smaller of p and 1 - p is tied: as many ties as leave p what it is, times `tie`.

An interval holds if the true score lies within it, taken over the geometric mean of the true strengths of
the tools that were fitted together. So tools that came out apart from the main group but together with
others count on their own scale, those with one bound count on the main scale, and those without any bound
say nothing that could be wrong: they are counted by themselves.
"""

from math import nan
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from projections.ratings.fit import Fit, fit
from projections.ratings.rating import SCORE_MEAN, SCORE_PER_LOG, Bounds, difference
from tests.support.ratings import Z_95

DEVIATION: Final = 1.0

Floats = NDArray[np.float64]


class Coverage(Struct, frozen=True, kw_only=True):
    """The result of all rounds, as shares in [0, 1].

    Attributes:
        scores: Of the tools with a bound, those whose interval holds the true score.
        differences: Of two comparable tools a round, those whose interval holds the true difference.
        one_sided: Of all tools, those with one bound.
        unbounded: Of all tools, those with none.
    """

    scores: float
    differences: float
    one_sided: float
    unbounded: float


def cover(*, tools: int, matchups: int, tie: float, rounds: int, seed: int) -> Coverage:
    """Draw, fit and compare `rounds` times."""
    generator = default_rng(seed)
    scores: list[bool | None] = []
    differences: list[bool | None] = []
    one_sided = 0
    for _ in range(rounds):
        logs = generator.normal(0, DEVIATION, tools)
        fitted = draw(generator, logs, matchups=matchups, tie=tie)
        truths = true_scores(fitted, logs)
        intervals = [rating.interval for rating in fitted.ratings]
        scores += (_holds(interval, truth) for interval, truth in zip(intervals, truths, strict=True))
        one_sided += sum((low is None) != (high is None) for low, high in intervals)
        first, second = map(int, generator.choice(tools, 2, replace=False))
        correlation = float(fitted.correlation[first, second])
        ahead = difference(fitted.ratings[first], fitted.ratings[second], correlation=correlation)
        differences.append(_holds(ahead, SCORE_PER_LOG * float(logs[first] - logs[second])))
    return Coverage(
        scores=_share(scores),
        differences=_share(differences),
        one_sided=one_sided / len(scores),
        unbounded=scores.count(None) / len(scores),
    )


def draw(generator: Generator, logs: Floats, *, matchups: int, tie: float) -> Fit:
    """Fit matchups drawn from these log strengths."""
    left, right = np.triu_indices(len(logs), 1)
    counts = generator.multinomial(matchups, np.full(len(left), 1 / len(left)))
    share = 1 / (1 + np.exp(logs[right] - logs[left]))
    tied = 2 * tie * np.minimum(share, 1 - share)
    chances = np.stack([share - tied / 2, 1 - share - tied / 2, tied], axis=1)
    left_wins, right_wins, ties = generator.multinomial(counts, chances.clip(0)).T
    return fit(
        tools=len(logs),
        left=left,
        right=right,
        left_wins=left_wins,
        right_wins=right_wins,
        ties=ties,
        z=Z_95,
    )


def true_scores(fitted: Fit, logs: Floats) -> list[float]:
    """Put true strengths on the scales of a fit; NaN where a scale has no scores."""
    groups = np.array([rating.group for rating in fitted.ratings])
    scored = np.array([rating.score is not None for rating in fitted.ratings])
    means = {group: logs[scored & (groups == group)].mean() for group in set(groups[scored])}
    return [
        SCORE_MEAN + SCORE_PER_LOG * float(own - means.get(group, nan))
        for own, group in zip(logs, groups, strict=True)
    ]


def _holds(interval: Bounds, truth: float) -> bool | None:
    low, high = interval
    if low is None and high is None:
        return None
    return (low is None or low <= truth) and (high is None or truth <= high)


def _share(held: list[bool | None]) -> float:
    known = [each for each in held if each is not None]
    return sum(known) / len(known)
