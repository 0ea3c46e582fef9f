"""The command that retracts or reinstates one event."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from events.facts import AnyFact, EventReinstated, EventRetracted, Reason
from events.ids import ActorId, Position, StreamKey
from events.streams import Moderated, StreamState

Action = Literal["retract", "reinstate"]


class RuleOn(Struct, frozen=True, kw_only=True):
    """Retract or reinstate an event, as part of a batch.

    Attributes:
        stream: The target's stream; the ruling is appended to it.
        reverts: Rule only if the last ruling is this batch's.
        as_of: Rule only if the last ruling has at most this position; None rules in any case.
    """

    action: Action
    target: Position
    stream: StreamKey
    batch: UUID
    reason: Reason
    note: str
    reverts: UUID | None = None
    as_of: Position | None = None
    account: None = None
    occurred_at: datetime | None = None

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """The target's stream."""
        return (self.stream,)

    def decide(self, state: StreamState | None) -> Sequence[AnyFact]:
        """Rule, unless it stands so already or this batch has ruled on the target before.

        The latter makes a batch safe to run twice: it does not overrule what others ruled meanwhile.
        """
        rulings = [
            ruling
            for ruling in (state.rulings if isinstance(state, Moderated) else ())
            if ruling.fact.target == self.target
        ]
        last = rulings[-1] if rulings else None
        batch = str(self.batch)
        if any(ruling.fact.batch == batch for ruling in rulings):
            return ()
        retracted = last is not None and isinstance(last.fact, EventRetracted)
        if retracted == (self.action == "retract"):
            return ()
        if self.reverts is not None and not (last and last.fact.batch == str(self.reverts)):
            return ()
        if self.as_of is not None and last is not None and last.position > self.as_of:
            return ()
        fact = EventRetracted if self.action == "retract" else EventReinstated
        return (fact(target=self.target, batch=batch, reason=self.reason, note=self.note),)
