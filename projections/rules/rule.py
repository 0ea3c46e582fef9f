"""A rule: every judgement that is made from counts, and the laws that each rule must keep."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Final, Literal, TypeVar

from msgspec import Struct

from projections.ranking import rank
from projections.rules.difference import difference_interval
from projections.rules.preference import is_preferred, preference_interval
from projections.rules.tallies import PreferenceTally, Tally
from projections.wilson import Interval, wilson_interval

Verdict = Literal["ship", "skip", "too close to call"]
"""The crowd's advice on a tool; "too close to call" unless its interval leaves no doubt."""

MAJORITY: Final = 0.5

Strength = Literal["clear", "leaning", "split", "too close to call", "no votes"]
"""How sure a comparison's verdict is."""

Leader = TypeVar("Leader")
K = TypeVar("K", bound=Hashable)


class Rule(Struct, frozen=True, kw_only=True):
    """A version of the rules: it turns counts into scores, ranks, verdicts and comparisons.

    Attributes:
        name: Year and month, and a word where it is a variant; the `rule` that scores name. Never used again
            for another rule.
        summary: Its effect, in words for readers.
        reason: The reason to choose it, with its source.
        confidence: How often an interval is to hold what a much larger crowd would give, in (0, 1).
        z: The standard-normal quantile of that: (1 + confidence) / 2 lies below it.
        ranked_votes_min: With fewer votes a tool has no rank by community, nor by matchups.
        ranked_reviews_min: With fewer verdicts of the panel a tool has no rank by panel.
        lead_votes_min: With fewer votes on either tool, or fewer head-to-head votes that name a winner,
            neither leads. Score intervals alone would let one vote lead against three.
        lead_reviews_min: With fewer verdicts of the panel on either tool neither leads. Panels are small.
        clear_leads_min: Criteria that the same tool has to lead by for a clear verdict.
        counts_anonymous: Whether votes and preferences of people without an account count among the crowd's.
            They are told apart in any case.
    """

    name: str
    summary: str
    reason: str
    confidence: float
    z: float
    ranked_votes_min: int
    ranked_reviews_min: int
    lead_votes_min: int
    lead_reviews_min: int
    clear_leads_min: int
    counts_anonymous: bool = False

    def counted(self, votes: int, *, anonymous: int) -> int:
        """Return how many of some votes count; `anonymous` of them are of people without an account."""
        return votes if self.counts_anonymous else votes - anonymous

    def interval(self, tally: Tally) -> Interval:
        """Bound the share of ship votes that a larger crowd would give; [0, 1] without votes."""
        return wilson_interval(ship=tally.ship, skip=tally.skip, z=self.z)

    def verdict(self, tally: Tally) -> Verdict | None:
        """Say what to do with one tool, if its interval leaves no doubt; None without votes."""
        low, high = self.interval(tally)
        if not tally.votes:
            return None
        if low > MAJORITY:
            return "ship"
        return "skip" if high < MAJORITY else "too close to call"

    def ranks(self, tallies: Mapping[K, Tally], *, votes_min: int) -> dict[K, str]:
        """Rank tools as far as their intervals carry, those with at least `votes_min` votes."""
        return rank(
            {tool: self.interval(tally) for tool, tally in tallies.items() if tally.votes >= votes_min}
        )

    def difference(self, left: Tally, right: Tally) -> Interval:
        """Bound by how much the left share exceeds the right one; [-1, 1] unless both have votes."""
        return difference_interval(left, right, z=self.z)

    def preference(self, preferences: PreferenceTally) -> Interval:
        """Bound the share of wins, a tie being half a win; [0, 1] without votes."""
        return preference_interval(preferences, z=self.z)

    def leads(self, *, ahead: Tally, behind: Tally, votes_min: int) -> bool:
        """Tell whether one tool's share is surely above the other's, with `votes_min` (from 1) on each.

        `projections.comparison` relies on these laws to find quickly which removals would change a lead. They
        hold for any rule, since each bound rises with ship votes and falls with skip votes:

        - At most one of two tools leads the other.
        - Another ship vote for the one ahead, or another skip vote for the one behind, ends no lead.
        - A lead that outlives the removal of a ship vote from the one ahead would outlive that of a skip
          vote, too. Nor does it matter less to the one behind to lose a skip than a ship vote.
        - As long as both keep `votes_min`, no lead ends by the removal of a skip vote from the one ahead, or
          of a ship vote from the one behind.
        """
        if ahead.votes < votes_min or behind.votes < votes_min:
            return False
        low, _ = difference_interval(ahead, behind, z=self.z)
        return low > 0

    def is_preferred(self, preferences: PreferenceTally) -> bool:
        """Tell whether wins surely exceed losses, head to head.

        Its laws: ties make no difference; taking a win away never makes a lead; and taking a loss away ends
        none as long as `lead_votes_min` name a winner.
        """
        return preferences.decided >= self.lead_votes_min and is_preferred(preferences, z=self.z)

    def conclude(self, leaders: Iterable[Leader | None], *, voted: bool) -> tuple[Strength, Leader | None]:
        """Compose the verdict of a comparison out of who leads by each criterion (None: nobody).

        Args:
            leaders: One for each criterion.
            voted: Whether there are votes to compare by, whatever the criterion.

        Returns:
            How sure the verdict is, and the tool to pick, if any. One that leads where no other does is the
            pick: clearly by `clear_leads_min` criteria, leaning by fewer. Split where different tools lead.
        """
        leads = [leader for leader in leaders if leader is not None]
        if not leads:
            return ("too close to call" if voted else "no votes"), None
        if any(leader != leads[0] for leader in leads):
            return "split", None
        return ("clear" if len(leads) >= self.clear_leads_min else "leaning"), leads[0]
