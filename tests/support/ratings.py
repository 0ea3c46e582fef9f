"""Matchups for tests of ratings: as rows, as columns for a fit, and rated in plain Python.

The oracle is the iteration of Newman (2023), "Efficient computation of rankings from pairwise comparisons",
Journal of Machine Learning Research 24(238), 1-25: slow, but with little to get wrong.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from math import exp, log
from typing import Final, NamedTuple

import numpy as np

from projections.ratings.fit import Fit, fit

ROUNDS_MAX: Final = 200_000
STEP_LAST: Final = 1e-13

Z_95: Final = 1.959964
"""The quantile of a two-sided 95 % interval."""

Wins = dict[tuple[int, int], float]
"""Wins of the first tool over the second, a tie as half a win for each."""


class Pair(NamedTuple):
    """Counted matchups of two tools."""

    left: int
    right: int
    left_wins: int = 0
    right_wins: int = 0
    ties: int = 0

    def swapped(self) -> "Pair":
        return Pair(self.right, self.left, self.right_wins, self.left_wins, self.ties)


def fit_pairs(pairs: Sequence[Pair], *, tools: int, z: float = Z_95) -> Fit:
    """Fit rows of counts, with intervals at 95 % unless said otherwise."""
    columns = np.array(pairs, np.int64).reshape(-1, len(Pair._fields)).T
    return fit(
        tools=tools,
        left=columns[0],
        right=columns[1],
        left_wins=columns[2],
        right_wins=columns[3],
        ties=columns[4],
        z=z,
    )


def count_wins(pairs: Sequence[Pair]) -> Wins:
    """Sum up who won how often over whom."""
    wins: defaultdict[tuple[int, int], float] = defaultdict(float)
    for pair in pairs:
        wins[pair.left, pair.right] += pair.left_wins + pair.ties / 2
        wins[pair.right, pair.left] += pair.right_wins + pair.ties / 2
    return {key: value for key, value in wins.items() if value}


def expected_groups(pairs: Sequence[Pair], *, tools: int) -> set[frozenset[int]]:
    """Put tools together that have a path of wins and ties to each other, both ways."""
    reach = {(tool, tool) for tool in range(tools)} | set(count_wins(pairs))
    for middle, start, end in product(range(tools), repeat=3):
        if (start, middle) in reach and (middle, end) in reach:
            reach.add((start, end))
    return {
        frozenset(other for other in range(tools) if {(tool, other), (other, tool)} <= reach)
        for tool in range(tools)
    }


def expected_strengths(wins: Wins, group: frozenset[int]) -> dict[int, float]:
    """Iterate one tool's strength after the other until none changes, geometric mean 1."""
    strengths = dict.fromkeys(group, 1.0)
    met = {(one, other) for one, other in [*wins, *((other, one) for one, other in wins)]}
    opponents = {tool: [other for one, other in met if one == tool and other in group] for tool in group}
    for _ in range(ROUNDS_MAX):
        before = dict(strengths)
        for tool in group:
            own = strengths[tool]
            up = sum(
                wins.get((tool, other), 0) * strengths[other] / (own + strengths[other])
                for other in opponents[tool]
            )
            down = sum(wins.get((other, tool), 0) / (own + strengths[other]) for other in opponents[tool])
            strengths[tool] = up / down
        mean = exp(sum(map(log, strengths.values())) / len(group))
        strengths = {tool: strength / mean for tool, strength in strengths.items()}
        if max(abs(log(strengths[tool] / before[tool])) for tool in group) < STEP_LAST:
            return strengths
    message = "the oracle takes too long"
    raise AssertionError(message)
