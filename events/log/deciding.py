"""Turns commands into events, one after the other, from the states of their streams. Does no I/O."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import structlog

from events.ids import Position, StreamKey
from events.log.audit import Attribution, AuditLine, line_of
from events.log.commands import (
    Answer,
    Appended,
    Command,
    IdempotencyKey,
    Refusal,
    StreamUnreadableError,
    Submission,
)
from events.log.idempotency import Remembered, recall
from events.log.loading import Stream
from events.log.rows import RowEncoder
from events.streams import StreamState, evolve

Plan = tuple[Command, Sequence[Stream], StreamKey]
"""A command, the streams it needs, and the key of the first, to which its facts are appended."""

_log: Final = structlog.get_logger(__name__)


class Deciding:
    """The result of one transaction, as far as it is decided.

    Attributes:
        position: The position of the last event so far.
        answers: Each request's.
        fresh: The answers to keep under an Idempotency-Key.
        lines: Lines for the audit list.
    """

    def __init__(self, *, position: Position, recorded_at: datetime, known: Remembered) -> None:
        """Begin after the head's position; `known` holds earlier answers under these keys."""
        self.position = position
        self.answers: list[list[Answer]] = []
        self.fresh: list[tuple[IdempotencyKey, list[Answer]]] = []
        self.lines: list[AuditLine] = []
        self._known = known
        self._encode = RowEncoder(recorded_at).encode

    def rows(self, requests: Sequence[Submission], planned: Sequence[Sequence[Plan]]) -> Iterator[bytes]:
        """Decide requests in order, each event's row as soon as it is decided."""
        for request, plans in zip(requests, planned, strict=True):
            recalled = self._recall(request)
            answers: list[Answer] = [] if recalled is None else recalled
            if recalled is None:
                yield from self._decide(plans, answers, request.signature)
                if request.key is not None:
                    self.fresh.append((request.key, answers))
                    self._known[request.key.asker, request.key.key] = (request.key.fingerprint, answers)
            self.answers.append(answers)

    def _recall(self, request: Submission) -> list[Answer] | None:
        if request.key is None:
            return None
        try:
            return recall(self._known, request.key)
        except Refusal as refusal:
            return [refusal for _ in request.commands]

    def _decide(
        self, plans: Sequence[Plan], answers: list[Answer], signature: Attribution | None
    ) -> Iterator[bytes]:
        for command, streams, key in plans:
            stream = streams[0]
            try:
                facts = command.decide(*_states(streams))
            except Refusal as refusal:
                answers.append(refusal)
                continue
            except Exception as defect:  # noqa: BLE001 - one command's defect must not fail its neighbours
                _log.exception("deciding failed", command=type(command).__name__)
                answers.append(defect)
                continue
            for fact in facts:
                previous = stream.position if stream.version else None
                self.position = stream.position = Position(self.position + 1)
                stream.version += 1
                stream.state = evolve(stream.state, fact, stream.position)
                if signature is not None and (line := line_of(signature, fact, stream.position)):
                    self.lines.append(line)
                yield self._encode(
                    fact,
                    key,
                    stream.version,
                    position=stream.position,
                    previous=previous,
                    occurred_at=command.occurred_at,
                )
            answers.append(Appended(stream.position or self.position, changed=bool(facts)))


def _states(streams: Sequence[Stream]) -> list[StreamState | None]:
    for stream in streams:
        if stream.trouble is not None:
            raise StreamUnreadableError(stream.trouble)
    return [stream.state for stream in streams]
