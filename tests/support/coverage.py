"""How often intervals hold the truth: votes drawn with known shares, again and again.

Coverage is averaged over a spread of true shares, each with the same weight. For any single share it swings
by a point or more as the number of votes grows, since votes are whole (Brown, Cai and DasGupta, 2001,
"Interval estimation for a binomial proportion", Statistical Science 16(2), 101-133).
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from math import exp, lgamma, log, sqrt
from random import Random
from typing import Final

from projections.rules.rule import Rule
from projections.rules.tallies import PreferenceTally, Tally
from projections.wilson import Interval

SHARES: Final = tuple(percent / 100 for percent in range(5, 100, 5))
PAIRS: Final = tuple(product(SHARES[1::4], SHARES[1::4]))
TIES: Final = (0.0, 0.1, 0.3, 0.6)
"""Shares of ties among head-to-head votes."""

WINS: Final = SHARES[1::4]
"""Shares of wins among those that are not ties."""

DEVIATIONS: Final = 9
"""Outcomes farther from the mean than this many standard deviations are never drawn."""


def share_coverage(rule: Rule, *, votes: int, draws: int, seed: int) -> float:
    """Return how often the interval of a share holds it; `draws` for each of `SHARES`."""
    dice = Random(seed)  # noqa: S311 - a simulation, the same every time

    @cache
    def interval(ship: int) -> Interval:
        return rule.interval(Tally(ship=ship, skip=votes - ship))

    return _mean(
        _holds(interval(ship), share) for share in SHARES for ship in binomial(dice, votes, share, draws)
    )


def difference_coverage(rule: Rule, *, votes: int, draws: int, seed: int) -> float:
    """Return how often the interval of a difference of two shares holds it; `draws` for each of `PAIRS`."""
    dice = Random(seed)  # noqa: S311 - a simulation, the same every time

    def hits() -> Iterator[bool]:
        for left, right in PAIRS:
            ones, others = (binomial(dice, votes, share, draws) for share in (left, right))
            for one, other in zip(ones, others, strict=True):
                tallies = (Tally(ship=ship, skip=votes - ship) for ship in (one, other))
                yield _holds(rule.difference(*tallies), left - right)

    return _mean(hits())


def preference_coverage(rule: Rule, *, votes: int, draws: int, seed: int) -> float:
    """Return how often the interval of a share of wins holds it; `draws` for each of `TIES` and `WINS`."""
    dice = Random(seed)  # noqa: S311 - a simulation, the same every time

    @cache
    def interval(wins: int, ties: int) -> Interval:
        return rule.preference(PreferenceTally(wins=wins, losses=votes - wins - ties, ties=ties))

    def hits() -> Iterator[bool]:
        for tie, win in product(TIES, WINS):
            for ties in binomial(dice, votes, tie, draws):
                [wins] = binomial(dice, votes - ties, win, 1)
                yield _holds(interval(wins, ties), (1 - tie) * win + tie / 2)

    return _mean(hits())


def binomial(dice: Random, votes: int, share: float, draws: int) -> list[int]:
    """Draw how many of the votes say ship, where each does with this probability."""
    if share in {0.0, 1.0} or not votes:
        return [round(votes * share)] * draws
    outcomes, weights = _binomial_weights(votes, share)
    return dice.choices(outcomes, cum_weights=weights, k=draws)


@cache
def _binomial_weights(votes: int, share: float) -> tuple[range, list[float]]:
    """Return the outcomes that may come up at all, and their probabilities summed up one after the other."""
    reach = int(DEVIATIONS * sqrt(votes * share * (1 - share))) + 1
    outcomes = range(max(0, int(votes * share) - reach), min(votes, int(votes * share) + reach) + 1)
    total, sums = 0.0, list[float]()
    for ship in outcomes:
        ways = lgamma(votes + 1) - lgamma(ship + 1) - lgamma(votes - ship + 1)
        total += exp(ways + ship * log(share) + (votes - ship) * log(1 - share))
        sums.append(total)
    return outcomes, sums


def _holds(interval: Interval, truth: float) -> bool:
    low, high = interval
    return low <= truth <= high


def _mean(hits: Iterable[bool]) -> float:
    found = list(hits)
    return sum(found) / len(found)
