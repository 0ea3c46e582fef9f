"""By how much the likelihood may fall before strengths are no longer credible."""

from typing import Final

TIE_VARIANCE: Final = 0.25
"""A tie's half win, squared, is by so much less than half of a win's square."""


def credible_fall(*, tools: int, matchups: float, ties: float, information: float, z: float) -> float:
    """Return twice the fall of the log likelihood within which true strengths are as often as `z` says.

    That is z², but for two things.

    Ties leave less to chance. A matchup of expected share p that is tied with chance t varies by
    p (1 - p) - t / 4, so all of them together by a quarter of the ties less than won and lost ones. To both
    sides of that ratio z²/2 decided matchups are added, as Agresti and Coull add successes and failures to a
    share's: five ties out of five do not make anything certain.

    Where matchups are few, the likelihood falls further than z² too often; Bartlett divides its fall by the
    mean fall. With two equal tools that is 1 + 1 / 2N. With more, simulations put it between that half and a
    whole for each free strength; the half alone keeps the intervals' coverage between 93 and 97 %.

    Args:
        tools: In the group, at least 2.
        matchups: Between these tools.
        ties: How many of the matchups were tied.
        information: Summed p (1 - p) of the matchups, in wins squared.
        z: Standard-normal quantile: of 1.959964 come two-sided 95 % intervals.

    Source: McCullagh and Nelder (1989), "Generalized Linear Models", 2nd edition, chapter 9 (one dispersion
        for all); Agresti and Coull (1998), "Approximate is better than 'exact' for interval estimation of
        binomial proportions", American Statistician 52(2), 119-126; Bartlett (1937), "Properties of
        sufficiency and statistical tests", Proceedings of the Royal Society A 160, 268-282.
    """
    added = TIE_VARIANCE * z * z / 2
    dispersion = (max(0.0, information - TIE_VARIANCE * ties) + added) / (information + added)
    return z * z * (dispersion + (tools - 1) / (2 * matchups))
