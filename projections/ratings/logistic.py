"""Chances from gaps between log strengths, exact however far apart tools are."""

import numpy as np
from numpy.typing import NDArray


def surprise(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return minus the log of the chance to win, for one who is ahead by these gaps in log strength.

    The usual form with an exponential of a negative number alone, so that nothing overflows.
    """
    return np.log1p(np.exp(-np.abs(gaps))) + np.maximum(-gaps, 0)
