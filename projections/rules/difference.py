"""The interval of a difference of two shares."""

from math import hypot

from projections.rules.tallies import Tally
from projections.wilson import Interval, wilson_interval


def difference_interval(left: Tally, right: Tally, *, z: float) -> Interval:
    """Bound by how much the left share of ship votes exceeds the right one.

    The two are taken as independent. Many voters judge both tools; where those who like one tend to like the
    other, the interval is wider than it need be, and where a tool's friends are the other's foes, narrower.

    Returns:
        Differences of shares in [-1, 1]. If either has no votes the interval is [-1, 1]: nothing is known.
        Exchanging left and right mirrors it exactly, in floating point, too.

    Source: Newcombe (1998), "Interval estimation for the difference between independent proportions",
        Statistics in Medicine 17(8), 873-890, method 10.
    """
    left_votes, right_votes = left.votes, right.votes
    if not left_votes or not right_votes:
        return -1.0, 1.0
    left_share, right_share = left.ship / left_votes, right.ship / right_votes
    left_low, left_high = wilson_interval(ship=left.ship, skip=left.skip, z=z)
    right_low, right_high = wilson_interval(ship=right.ship, skip=right.skip, z=z)
    difference = left_share - right_share
    return (
        max(-1.0, difference - hypot(left_share - left_low, right_high - right_share)),
        min(1.0, difference + hypot(left_high - left_share, right_share - right_low)),
    )
