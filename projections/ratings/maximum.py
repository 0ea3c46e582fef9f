"""The Bradley-Terry maximum within one group of tools."""

from math import log1p
from typing import Final, NamedTuple

import numpy as np

from projections.ratings.arrays import Floats
from projections.ratings.logistic import surprise

STEPS_MAX: Final = 200
"""Four to ten are usual; more only where a tool is thousands of times as strong as another."""

STEP_LAST: Final = 1e-6
"""In log strength. The error after such a step is about its square."""


class Maximum(NamedTuple):
    """The maximum of the likelihood.

    Attributes:
        logs: Log strengths; they sum to zero.
        covariance: Of the logs, if no matchup were tied: the pseudo-inverse of the information matrix.
        information: The binomial variances of all matchups together, in wins squared.
    """

    logs: Floats
    covariance: Floats
    information: float


def maximise(wins: Floats) -> Maximum:
    """Find the strengths with which each tool is expected to win as often as it did.

    The chance that i beats j is strength i / (strength i + strength j). The way there is Newton's, each step
    shortened by log(1 + d) / d, where d is the most by which it would move two tools apart that have met. So
    no step overshoots, wherever it starts, and near the maximum nothing is lost: the factor tends to 1.

    Args:
        wins: Row's wins over column, a tie as half a win for each, of one group of `find_groups`.

    Raises:
        ArithmeticError: The likelihood has no maximum: the tools do not form a group.

    Source: Zermelo (1929), "Die Berechnung der Turnier-Ergebnisse als ein Maximumproblem der
        Wahrscheinlichkeitsrechnung", Mathematische Zeitschrift 29, 436-460; Bradley and Terry (1952), "Rank
        analysis of incomplete block designs I", Biometrika 39(3/4), 324-345. The factor follows from the
        bound on the curvature in Bach (2010), "Self-concordant analysis for logistic regression",
        Electronic Journal of Statistics 4, 384-414.
    """
    matchups = wins + wins.T
    met = matchups > 0
    logs: Floats = np.log((wins.sum(axis=1) + 0.5) / (wins.sum(axis=0) + 0.5))  # nearer than equal strengths
    for _ in range(STEPS_MAX):
        losing = np.exp(-surprise(-np.subtract.outer(logs, logs)))  # the chance that row loses to column
        variances = matchups * losing * losing.T
        step = _newton_step(wins * losing, _curvature(variances))
        apart = float(np.abs(np.subtract.outer(step, step)).max(where=met, initial=0.0))
        logs += step * (log1p(apart) / apart if apart else 1.0)
        logs -= logs.mean()
        if apart <= STEP_LAST:
            information = float(variances.sum())
            covariance = np.linalg.inv(_curvature(variances)).astype(np.float64, copy=False)
            return Maximum(logs, covariance - 1 / information, information / 2)
    message = "the likelihood has no maximum"
    raise ArithmeticError(message)


def _newton_step(unexpected: Floats, curvature: Floats) -> Floats:
    """Return the step from row's unexpected wins over column; it sums to zero."""
    slope: Floats = unexpected.sum(axis=1) - unexpected.sum(axis=0)
    return np.linalg.solve(curvature, slope).astype(np.float64, copy=False)


def _curvature(variances: Floats) -> Floats:
    """Return the information matrix, and a constant that makes it regular.

    It leaves vectors that sum to zero as they are, and takes the one direction that the likelihood does not
    depend on, all strengths at once, to the mean of the diagonal.
    """
    tools = len(variances)
    curvature = variances.sum() / tools**2 - variances
    curvature[np.diag_indices(tools)] += variances.sum(axis=1)
    return curvature
