"""The true profile likelihood of one tool's strength: all others fitted anew with that one held."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from projections.ratings.logistic import surprise

STEPS_MAX: Final = 100
STEP_LAST: Final = 1e-9

Floats = NDArray[np.float64]


def profile_fall(wins: Floats, logs: Floats, *, tool: int, held: float) -> float:
    """Return twice the fall of the log likelihood from its maximum at `logs` to where a tool is held.

    Args:
        wins: Row's wins over column.
        logs: Log strengths of the maximum, which sum to zero.
        tool: Whose log strength is held, less the mean of all.
        held: Where.
    """
    tools = len(wins)
    contrast = np.eye(tools)[tool] - 1 / tools
    moved = logs + (held - logs[tool]) * contrast * tools / (tools - 1)
    for _ in range(STEPS_MAX):
        losing = np.exp(-surprise(-np.subtract.outer(moved, moved)))
        variances = (wins + wins.T) * losing * losing.T
        curvature = np.diag(variances.sum(axis=1)) - variances + 1
        slope = (wins * losing).sum(axis=1) - (wins * losing).sum(axis=0)
        bordered = np.block([[curvature, contrast[:, np.newaxis]], [contrast, np.zeros(1)]])
        step = np.linalg.solve(bordered, np.append(slope, 0))[:tools]
        apart = np.ptp(step)
        moved = moved + step * (np.log1p(apart) / apart if apart else 1)
        if apart < STEP_LAST:
            break
    return 2 * float(_fall(wins, moved) - _fall(wins, logs))


def _fall(wins: Floats, logs: Floats) -> Floats:
    return (wins * surprise(np.subtract.outer(logs, logs))).sum()
