"""Bounds for tools that won, or lost, every matchup with tools of known strength."""

from math import erfc, log, sqrt
from typing import Final

import numpy as np

from projections.ratings.arrays import Floats
from projections.ratings.logistic import surprise

STEPS_MAX: Final = 100
STEP_LAST: Final = 1e-5


def lowest(wins: Floats, logs: Floats, *, z: float) -> Floats:
    """Bound from below the log strengths of tools that won every matchup.

    Args:
        wins: For each tool (row) its wins over tools of known strength (column); at least one in each row.
        logs: The known log strengths.
        z: Standard-normal quantile; above it lies one tail, 2.5 % for 1.959964.

    Returns:
        The log strengths with which winning them all has a chance of one tail. Against opponents of one
        strength this is the bound of Clopper and Pearson. For tools that lost every matchup, negate both
        `logs` and the result.

    Source: Clopper and Pearson (1934), "The use of confidence or fiducial limits illustrated in the case of
        the binomial", Biometrika 26(4), 404-413.
    """
    chance = log(erfc(z / sqrt(2)) / 2)
    each = chance / wins.sum(axis=1)  # the log of a win's chance, if all opponents were the weakest
    found = logs.min() + each - np.log(-np.expm1(each))
    for _ in range(STEPS_MAX):  # the log chance is concave: Newton's steps from below never pass the root
        gaps = np.subtract.outer(found, logs)
        each_win = surprise(gaps)
        missing = chance + (wins * each_win).sum(axis=1)
        step = missing / (wins * np.exp(-each_win - gaps)).sum(axis=1)
        found += step
        if np.abs(step).max(initial=0.0) <= STEP_LAST:
            break
    return found
