"""Which rule scores are made by: one at a time, from the position of its adoption on."""

from collections.abc import Sequence

from events.facts import AnyFact, RuleAdopted
from events.ids import NOBODY, RULE_SUBJECT, ActorId, StreamKey
from events.streams import Rulebook
from projections.rules.registry import FIRST
from service.commands.order import Order


class AdoptRule(Order, frozen=True):
    """Let a rule be current.

    Attributes:
        rule: The name of one that there is.
        order: The id under which stands who ordered it.
    """

    rule: str
    order: str

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """Which rule is current."""
        return ((RULE_SUBJECT, NOBODY),)

    def decide(self, rulebook: Rulebook | None) -> Sequence[AnyFact]:
        """Adopt the rule; adopting the current one changes nothing."""
        current = FIRST.name if rulebook is None else rulebook.rule
        return () if self.rule == current else (RuleAdopted(rule=self.rule, order=self.order),)
