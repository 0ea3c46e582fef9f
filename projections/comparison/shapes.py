"""The input and the output of a comparison. Shares are rounded only here."""

from typing import Literal

from msgspec import Struct

from projections.rules.rule import Strength
from projections.rules.tallies import Tally
from projections.wilson import Interval

LeadStanding = Literal["leads", "too close to call", "no votes"]
"""Whether somebody leads by a criterion; "no votes" where there is nothing to compare by."""


class Contender(Struct, frozen=True, kw_only=True):
    """A tool to be compared.

    Attributes:
        tool: Its slug.
        name: As readers know it.
        panel: Verdicts of its reviewers.
        crowd: Votes on it.
    """

    tool: str
    name: str
    panel: Tally
    crowd: Tally


class Matchup(Struct, frozen=True, kw_only=True):
    """Head-to-head votes between two tools in one context, so that each voter counts once."""

    left: str
    right: str
    left_wins: int
    right_wins: int
    ties: int


class PairStanding(Struct, frozen=True, kw_only=True):
    """Which of two tools leads by one criterion.

    Attributes:
        leader: A slug; None unless one leads.
        estimate: By how much the left share exceeds the right one; head to head, the share that left wins,
            a tie being half a win. None where there is nothing to compare by.
        interval: Bounds of the estimate in a much larger crowd.
        reason: The same in words.
        fragility: The fewest votes whose removal would end the lead; None where nobody leads.
    """

    left: str
    right: str
    leader: str | None
    standing: LeadStanding
    estimate: float | None
    interval: Interval | None
    reason: str
    fragility: int | None


class CriterionStanding(Struct, frozen=True, kw_only=True):
    """Which tool leads all others by one criterion.

    Attributes:
        leader: A slug; None unless one leads every other.
        fragility: The fewest votes whose removal would leave no leader, or another; None without one.
        pairs: Each two tools, in the order they were asked for.
    """

    leader: str | None
    standing: LeadStanding
    reason: str
    fragility: int | None
    pairs: list[PairStanding]


class Conclusion(Struct, frozen=True, kw_only=True):
    """The verdict from all criteria together.

    Attributes:
        pick: A slug; None unless the strength is "clear" or "leaning".
        reasons: A sentence for each criterion.
        fragility: The fewest votes and reviews, whosoever, whose removal would change strength or pick;
            None without any.
    """

    strength: Strength
    pick: str | None
    summary: str
    reasons: list[str]
    fragility: int | None


class Comparison(Struct, frozen=True, kw_only=True):
    """Tools side by side, by what panel and crowd say of them."""

    rule: str
    panel: CriterionStanding
    crowd: CriterionStanding
    head_to_head: CriterionStanding
    verdict: Conclusion
