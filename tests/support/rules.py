"""Given what happened, when an order comes, then these facts or this refusal: deciders without a log."""

from collections.abc import Sequence

from events.facts import AnyFact
from events.ids import Position
from events.log.commands import Command
from events.streams import StreamState, evolve

History = Sequence[AnyFact]


def decide(command: Command, *histories: History) -> list[AnyFact]:
    """Fold each history to a state and let the command decide on them, in the order it names its streams."""
    return list(command.decide(*[fold(history) for history in histories]))


def fold(history: History) -> StreamState | None:
    """Fold facts, at positions from 1 on, from before the first."""
    state: StreamState | None = None
    for position, fact in enumerate(history, start=1):
        state = evolve(state, fact, Position(position))
    return state
