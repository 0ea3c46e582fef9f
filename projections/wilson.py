"""The interval around a share of votes."""

from math import sqrt

Interval = tuple[float, float]
"""Lower and upper bound of a share, both in [0, 1]."""


def wilson_interval(*, ship: int, skip: int, z: float) -> Interval:
    """Bound the share of ship votes that a larger crowd would give.

    Args:
        ship: Votes for, at least 0.
        skip: Votes against, at least 0.
        z: Standard-normal quantile: of 1.959964 comes a two-sided 95 % interval.

    Returns:
        Shares in [0, 1]. With no votes at all the interval is [0, 1]: nothing is known.

    Source: Wilson (1927), "Probable inference", JASA 22(158), 209-212.
    """
    votes = ship + skip
    if votes == 0:
        return 0.0, 1.0
    share = ship / votes
    spread = z * sqrt(share * (1 - share) / votes + z * z / (4 * votes * votes))
    centre = share + z * z / (2 * votes)
    scale = 1 + z * z / votes
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
