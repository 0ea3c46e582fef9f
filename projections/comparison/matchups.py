"""The contest of matchups: which tool is preferred, head to head."""

from collections.abc import Mapping

from msgspec import Struct

from projections.comparison import sentences
from projections.comparison.removals import IMPOSSIBLE, least
from projections.rules.rule import Rule
from projections.rules.tallies import PreferenceTally
from projections.wilson import Interval


class MatchupContest(Struct, frozen=True, kw_only=True):
    """Head-to-head votes of each pair of tools, as either of the two sees them.

    What the removals rely on are the laws of `Rule.is_preferred`. By them a lead ends soonest by removing
    wins, and is made soonest by removing losses. Each pair has votes of its own, so their removals add up.
    """

    rule: Rule
    names: tuple[str, ...]
    preferences: Mapping[tuple[int, int], PreferenceTally]

    def has_votes(self, left: int, right: int) -> bool:
        """Tell whether anybody voted between two tools."""
        return bool(self.preferences[left, right].votes)

    def leads(self, ahead: int, behind: int) -> bool:
        """Tell whether one tool is surely preferred to another."""
        return self.rule.is_preferred(self.preferences[ahead, behind])

    def estimate(self, left: int, right: int) -> float | None:
        """Return the share that left wins, a tie being half a win; None without votes."""
        return self.preferences[left, right].share

    def interval(self, left: int, right: int) -> Interval:
        """Bound that share."""
        return self.rule.preference(self.preferences[left, right])

    def describe(self, left: int, right: int) -> str:
        """Say who leads and by how much, or why nobody does, in a sentence."""
        if self.leads(right, left):
            left, right = right, left
        one, other, seen = self.names[left], self.names[right], self.preferences[left, right]
        if not seen.votes:
            return sentences.no_preferences(one, other)
        if seen.decided < self.rule.lead_votes_min:
            return sentences.too_few_preferences(one, other, seen, votes_min=self.rule.lead_votes_min)
        write = sentences.leading_preferences if self.leads(left, right) else sentences.close_preferences
        return write(one, other, seen, self.interval(left, right))

    def removals_to_unseat(self, ahead: int, behind: int) -> int:
        """Count the fewest removals after which one that leads the other no longer does."""
        seen = self.preferences[ahead, behind]
        return least(seen.wins, lambda wins: not self.rule.is_preferred(_less(seen, wins=wins)))

    def removals_to_lead(self, tool: int, *, below: int) -> int:
        """Count the fewest removals that make a tool lead all others; `IMPOSSIBLE` from `below` on."""
        removals = sum(
            self._removals_to_beat(tool, other) for other in range(len(self.names)) if other != tool
        )
        return removals if removals < below else IMPOSSIBLE

    def removals_to_silence(self) -> int:
        """Count all votes."""
        return sum(seen.votes for (left, right), seen in self.preferences.items() if left < right)

    def _removals_to_beat(self, ahead: int, behind: int) -> int:
        seen = self.preferences[ahead, behind]
        spare = min(seen.losses, seen.decided - self.rule.lead_votes_min)
        return least(spare, lambda losses: self.rule.is_preferred(_less(seen, losses=losses)))


def _less(seen: PreferenceTally, *, wins: int = 0, losses: int = 0) -> PreferenceTally:
    return PreferenceTally(wins=seen.wins - wins, losses=seen.losses - losses, ties=seen.ties)
