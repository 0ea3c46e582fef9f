"""The contest of shares: how much of the panel, or of the crowd, says ship to each tool."""

from msgspec import Struct

from projections.comparison import sentences
from projections.comparison.removals import IMPOSSIBLE, Term, fewest
from projections.criteria import ShareCriterion
from projections.rules.rule import Rule
from projections.rules.tallies import Tally
from projections.wilson import Interval


class ShareContest(Struct, frozen=True, kw_only=True):
    """Tallies of the tools, and how many votes a lead takes on each of two.

    What the removals rely on are the laws of `Rule.leads`. By them a lead ends soonest by removing ship votes
    of the one ahead and skip votes of the one behind, and is made soonest by removing the reverse.
    """

    criterion: ShareCriterion
    rule: Rule
    names: tuple[str, ...]
    tallies: tuple[Tally, ...]
    votes_min: int

    def has_votes(self, left: int, right: int) -> bool:
        """Tell whether both tools have votes."""
        return bool(self.tallies[left].votes and self.tallies[right].votes)

    def leads(self, ahead: int, behind: int) -> bool:
        """Tell whether one tool's share is surely above another's."""
        return self._leads(self.tallies[ahead], self.tallies[behind])

    def estimate(self, left: int, right: int) -> float | None:
        """Return by how much the left share exceeds the right one; None unless both have votes."""
        one, other = self.tallies[left].share, self.tallies[right].share
        return None if one is None or other is None else one - other

    def interval(self, left: int, right: int) -> Interval:
        """Bound that difference."""
        return self.rule.difference(self.tallies[left], self.tallies[right])

    def describe(self, left: int, right: int) -> str:
        """Say who leads and by how much, or why nobody does, in a sentence."""
        if self.leads(right, left):
            left, right = right, left
        one, other = (sentences.Judged(self.names[tool], self.tallies[tool]) for tool in (left, right))
        fewest_votes = min(one.tally.votes, other.tally.votes)
        if not fewest_votes:
            return sentences.no_shares(self.criterion, one, other)
        if fewest_votes < self.votes_min:
            return sentences.too_few_shares(self.criterion, one, other, votes_min=self.votes_min)
        write = sentences.leading_shares if self.leads(left, right) else sentences.close_shares
        return write(self.criterion, one, other, self.interval(left, right))

    def removals_to_unseat(self, ahead: int, behind: int) -> int:
        """Count the fewest removals after which one that leads the other no longer does."""
        first, second = self.tallies[ahead], self.tallies[behind]

        def is_over(ships: int, skips: int) -> bool:
            return not self._leads(_less(first, ship=ships), _less(second, skip=skips))

        return fewest(first.ship, [Term(second.skip, is_over)])

    def removals_to_lead(self, tool: int, *, below: int) -> int:
        """Count the fewest removals that make a tool lead all others; `IMPOSSIBLE` from `below` on."""
        own = self.tallies[tool]
        others = [tally for number, tally in enumerate(self.tallies) if number != tool]
        if any(tally.votes < self.votes_min for tally in self.tallies):
            return IMPOSSIBLE
        spare = min(own.skip, own.votes - self.votes_min)
        return fewest(spare, [self._behind(own, other) for other in others], below=below)

    def removals_to_silence(self) -> int:
        """Count the votes on all tools but the one with the most."""
        votes = [tally.votes for tally in self.tallies]
        return sum(votes) - max(votes)

    def _behind(self, own: Tally, other: Tally) -> Term:
        """Ask that one tool leads the other: its own skip votes and the other's ship votes may go."""

        def is_so(skips: int, ships: int) -> bool:
            return self._leads(_less(own, skip=skips), _less(other, ship=ships))

        return Term(min(other.ship, other.votes - self.votes_min), is_so)

    def _leads(self, ahead: Tally, behind: Tally) -> bool:
        return self.rule.leads(ahead=ahead, behind=behind, votes_min=self.votes_min)


def _less(tally: Tally, *, ship: int = 0, skip: int = 0) -> Tally:
    return Tally(ship=tally.ship - ship, skip=tally.skip - skip)
