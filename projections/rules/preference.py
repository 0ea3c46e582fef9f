"""The interval of a share of head-to-head votes, ties included."""

from math import sqrt
from typing import Final

from projections.rules.tallies import PreferenceTally
from projections.wilson import Interval

HALVINGS_MAX: Final = 64
"""More than it takes to halve [-1, 1] down to neighbouring floating-point numbers near a bound."""


def preference_interval(preferences: PreferenceTally, *, z: float) -> Interval:
    """Bound the share of wins, a tie being half a win, that a larger crowd would give.

    That share is one half plus half of what wins exceed losses by, as a share of all votes. Its score
    interval knows that a tie is nearer to the middle than a win or a loss, so ties do not widen it. Without
    ties it is Wilson's interval; and it lies above one half exactly where the sign test says so.

    Returns:
        Shares in [0, 1]. Without votes the interval is [0, 1]: nothing is known. Exchanging wins and losses
        mirrors it exactly.

    Source: Tango (1998), "Equivalence test and confidence interval for the difference in proportions for
        the paired-sample design", Statistics in Medicine 17(8), 891-908.
    """
    if not preferences.votes:
        return 0.0, 1.0
    low = _lowest_lead(preferences, z)
    high = -_lowest_lead(preferences.mirrored(), z)
    return 0.5 + low / 2, 0.5 + high / 2


def is_preferred(preferences: PreferenceTally, *, z: float) -> bool:
    """Tell whether the interval of the share of wins lies above one half, without working it out.

    Source: the sign test. Dixon and Mood (1946), "The statistical sign test", JASA 41(236), 557-566.
    """
    return preferences.wins - preferences.losses > z * sqrt(preferences.decided)


def _lowest_lead(preferences: PreferenceTally, z: float) -> float:
    """Find the least excess of wins over losses, as a share of votes, that the votes do not speak against."""
    refuted, possible = -1.0, (preferences.wins - preferences.losses) / preferences.votes
    for _ in range(HALVINGS_MAX):
        middle = (refuted + possible) / 2
        if _score(preferences, middle) > z:
            refuted = middle
        else:
            possible = middle
    return possible


def _score(preferences: PreferenceTally, lead: float) -> float:
    """Return by how many standard errors the excess of wins lies above `lead`, if that were the true one."""
    wins, losses, votes = preferences.wins, preferences.losses, preferences.votes
    # The likeliest probability of a loss, given the lead, is the greater root of a quadratic equation.
    linear = (2 * votes - wins + losses) * lead - wins - losses
    constant = -losses * lead * (1 - lead)
    loss = (sqrt(max(0.0, linear * linear - 8 * votes * constant)) - linear) / (4 * votes)
    variance = votes * (2 * loss + lead * (1 - lead))
    excess = wins - losses - votes * lead
    return excess / sqrt(variance) if variance > 0 else 0.0
