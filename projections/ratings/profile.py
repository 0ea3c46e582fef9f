"""Intervals of strengths from the likelihood: how far a tool can be moved until the likelihood is too low."""

from typing import Final

import numpy as np

from projections.ratings.arrays import Floats
from projections.ratings.logistic import surprise
from projections.ratings.maximum import Maximum

STEPS_MAX: Final = 100
STEP_LAST: Final = 1e-5
"""In log strength. The error after such a step is about its square, far below a hundredth of a point."""


def intervals(wins: Floats, maximum: Maximum, *, fall: float) -> tuple[Floats, Floats]:
    """Bound the log strengths of one group from below and above.

    While a tool is moved, the others follow as they do near the maximum, each by its covariance with it. What
    this does to the likelihood is exact for the tool's own matchups and quadratic for the others, in which
    little changes. So two tools get the bounds of the true profile, for which all others are fitted anew at
    each point; twenty get them but for a thousandth of their width, and three very unequal ones but for a
    tenth. The work is a small part of fitting anew.

    Such bounds are not symmetric: few losses leave more room above than below.

    Args:
        wins: Row's wins over column, a tie as half a win for each.
        maximum: Where the likelihood of these is greatest.
        fall: Twice the fall of the log likelihood that is still credible.

    Source: Venzon and Moolgavkar (1988), "A method for computing profile-likelihood-based confidence
        intervals", Applied Statistics 37(1), 87-94.
    """
    variances = maximum.covariance.diagonal()
    start = np.sqrt(fall * variances)
    curve = _Curve(wins, maximum)
    return maximum.logs + curve.solve(-start, fall), maximum.logs + curve.solve(start, fall)


class _Curve:
    """The fall of the log likelihood for each tool, by how far it is moved."""

    def __init__(self, wins: Floats, maximum: Maximum) -> None:
        variances = maximum.covariance.diagonal()
        self._losses = wins.T
        self._matchups = wins + wins.T
        self._gaps = np.subtract.outer(maximum.logs, maximum.logs)
        self._growth = 1 - maximum.covariance / variances[:, np.newaxis]  # of a gap, by how far row is moved
        self._surprise = surprise(self._gaps)
        self._slope = self._slope_at(self._gaps, self._surprise)
        binomial = self._matchups * np.exp(-self._surprise - self._surprise.T)
        self._others = np.maximum(0, 1 / variances - (binomial * self._growth**2).sum(axis=1))

    def solve(self, moves: Floats, fall: float) -> Floats:
        """Find where the curves reach `fall`, on the side of zero where `moves` are.

        The curves are convex. So Newton's first step may go too far, and the next ones come back to the root
        without ever passing it.
        """
        found = moves.copy()
        for _ in range(STEPS_MAX):
            grown = self._growth * found[:, np.newaxis]
            gaps = self._gaps + grown
            now = surprise(gaps)
            own = (self._matchups * (now - self._surprise) + self._losses * grown).sum(axis=1)
            fallen = own - self._slope * found + self._others * found**2 / 2
            slope = self._slope_at(gaps, now) - self._slope + self._others * found
            step = (fall / 2 - fallen) / slope
            found += step
            if np.abs(step).max() <= STEP_LAST:
                break
        return found

    def _slope_at(self, gaps: Floats, now: Floats) -> Floats:
        """Return the slope of a tool's own matchups. At the maximum that of the others is its opposite."""
        return (self._growth * (self._losses - self._matchups * np.exp(-now - gaps))).sum(axis=1)
