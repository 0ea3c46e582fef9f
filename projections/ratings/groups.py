"""Which tools can be compared with each other at all."""

import numpy as np
from numpy.typing import NDArray

from projections.ratings.arrays import Floats, Indices


def find_groups(wins: Floats) -> list[Indices]:
    """Split tools into the groups within which the likelihood has a maximum.

    From each tool of a group there is a path to each other one, every step a win or a tie. Without such a
    path one part of the tools could be made ever stronger than the rest, and the likelihood would only grow.

    Args:
        wins: Row's wins over column, a tie as half a win for each.

    Returns:
        The tools of each group in ascending order; first the group of most tools, among equals that of most
        matchups within, then that of the lowest index.

    Source: Ford (1957), "Solution of a ranking problem from binary comparisons", American Mathematical
        Monthly 64(8), 28-33; Hunter (2004), "MM algorithms for generalized Bradley-Terry models", Annals of
        Statistics 32(1), 384-406, assumption 1.
    """
    if not wins.size:
        return []
    reach = _reach(wins > 0)
    mutual = reach & reach.T
    firsts = mutual.argmax(axis=1)  # a group's lowest index stands for it
    groups = [np.flatnonzero(firsts == first) for first in np.unique(firsts)]
    return sorted(groups, key=lambda group: (-len(group), -wins[np.ix_(group, group)].sum(), group[0]))


def _reach(steps: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell for each two tools whether any path leads from the first to the second, or they are the same."""
    reach = steps | np.eye(len(steps), dtype=np.bool_)
    for _ in range(len(steps).bit_length()):  # paths double in length each time
        if reach.all():
            break
        near = reach.astype(np.float32)
        reach = near @ near > 0
    return reach
