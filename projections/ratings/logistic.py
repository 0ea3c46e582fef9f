"""Chances from gaps between log strengths, exact however far apart tools are."""

import numpy as np

from projections.ratings.arrays import Floats


def surprise(gaps: Floats) -> Floats:
    """Return minus the log of the chance to win, for one who is ahead by these gaps in log strength.

    That is log(1 + exp(-gap)), written with the exponential of a negative number alone, so that nothing
    overflows; and in place, since most of the time goes into new memory.
    """
    size = np.abs(gaps)
    found = np.exp(-size)
    np.log1p(found, out=found)
    size -= gaps
    size /= 2
    found += size
    return found
