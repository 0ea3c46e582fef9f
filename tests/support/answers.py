"""Answers of the log, spelt shortly."""

from collections.abc import Sequence

from events.ids import Position
from events.log.commands import Answer, Appended, Refusal


def changed(position: int) -> Answer:
    """Answer of a command whose last event is at this position."""
    return Appended(Position(position), changed=True)


def unchanged(position: int) -> Answer:
    """Answer of a command that found things as it wanted them since this position."""
    return Appended(Position(position), changed=False)


def refusal_types(answers: Sequence[Answer]) -> list[str]:
    """Name what each of these refusals is; fails on anything that is none."""
    return [answer.type if isinstance(answer, Refusal) else repr(answer) for answer in answers]
