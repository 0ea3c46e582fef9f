"""The command that adopts a scoring rule. One rule is current at a time, from its adoption on."""

from collections.abc import Sequence

from events.facts import AnyFact, RuleAdopted
from events.ids import NOBODY, RULE_SUBJECT, ActorId, StreamKey
from events.streams import Rulebook
from projections.rules.registry import FIRST
from service.commands.staff import StaffCommand


class AdoptRule(StaffCommand, frozen=True):
    """Make a rule the current one.

    Attributes:
        rule: The name of an existing rule.
        order: The id of the adoption's order, which says who gave it.
    """

    rule: str
    order: str

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """Name the stream of adoptions."""
        return ((RULE_SUBJECT, NOBODY),)

    def decide(self, rulebook: Rulebook | None) -> Sequence[AnyFact]:
        """Adopt the rule. Adopting the current one changes nothing."""
        current = FIRST.name if rulebook is None else rulebook.rule
        return () if self.rule == current else (RuleAdopted(rule=self.rule, order=self.order),)
