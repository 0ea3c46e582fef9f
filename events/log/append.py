"""One transaction of the writer: lock the head, load, decide, insert, move the head, commit."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

import structlog

from events.codec import CODEC
from events.ids import ActorId, Position, StreamKey
from events.log import sql
from events.log.answers import recall, remember, remembered
from events.log.commands import (
    Answer,
    Appended,
    Command,
    IdempotencyKey,
    OutcomeUnknownError,
    Refusal,
    Request,
    StreamUnreadableError,
)
from events.log.connection import LOST, Connection
from events.log.loading import Stream, find_voters, load_streams, name_voters
from events.log.memory import Memory
from events.streams import evolve

COLUMNS: Final = (
    "subject_id",
    "position",
    "recorded_at",
    "occurred_at",
    "version",
    "schema",
    "type",
    "actor_id",
    "data",
)

Plan = tuple[Command, Sequence[Stream], StreamKey]
"""A command, the streams it stands on, and the key of the first: what it decides is appended there."""

_log: Final = structlog.get_logger(__name__)


class Append:
    """The working state of one transaction."""

    def __init__(self, connection: Connection, memory: Memory, *, more: Callable[[], bool]) -> None:
        """Let `more` tell whether the next transaction is to begin with this one's commit."""
        self._connection = connection
        self._memory = memory
        self._more = more
        self._position = Position(0)
        self._recorded_at: datetime
        self._rows: list[tuple[Any, ...]] = []

    async def run(self, requests: Sequence[Request]) -> tuple[Position, list[list[Answer]]]:
        """Decide and commit requests, in order, each with its own answers.

        Returns:
            The head after the commit, and the answers.

        Raises:
            OutcomeUnknownError: the connection was lost during COMMIT.
        """
        if not self._connection.is_in_transaction():
            await self._connection.execute("BEGIN")
        await self._lock_head()
        keys = [request.key for request in requests if request.key]
        known = await remembered(self._connection, keys, self._recorded_at) if keys else {}
        planned = await self._plan(requests)

        answers: list[list[Answer]] = []
        fresh: list[tuple[IdempotencyKey, list[Answer]]] = []
        for request, plans in zip(requests, planned, strict=True):
            if request.key is None:
                answers.append([self._decide(*plan) for plan in plans])
                continue
            try:
                found = recall(known, request.key)
            except Refusal as refusal:
                answers.append([refusal] * len(request.commands))
                continue
            if found is None:
                found = [self._decide(*plan) for plan in plans]
                fresh.append((request.key, found))
                known[request.key.asker, request.key.key] = (request.key.fingerprint, found)
            answers.append(found)

        if self._rows:
            await self._connection.copy_records_to_table(
                "events", schema_name="log", columns=COLUMNS, records=self._rows
            )
        if fresh:
            await remember(self._connection, fresh, self._recorded_at)
        await self._commit()
        self._memory.settle(head=self._position)
        return self._position, answers

    async def _lock_head(self) -> None:
        head = await self._connection.fetchrow(sql.lock_head)
        if head is None:
            message = "log.head has no row"
            raise LookupError(message)
        self._position, self._recorded_at, erasures = head
        self._memory.face(head=self._position, erasures=erasures)

    async def _plan(self, requests: Sequence[Request]) -> list[list[Plan]]:
        """Find out which streams each command stands on, and read what is not known of them."""
        newcomers = await self._name(requests)
        voters, streams, era = self._memory.voters, self._memory.streams, self._memory.era
        doubtful: dict[StreamKey, Stream] = {}
        planned: list[list[Plan]] = []
        for request in requests:
            plans: list[Plan] = []
            for command in request.commands:
                keys = command.streams(voters[command.account])
                found: list[Stream] = []
                for key in keys:
                    stream = streams.get(key)
                    if stream is None:
                        # Who was named in this very transaction cannot have a stream yet.
                        stream = streams[key] = Stream(era=era if key[1] in newcomers else -1)
                    if stream.era != era:
                        doubtful[key] = stream
                    found.append(stream)
                plans.append((command, found, keys[0]))
            planned.append(plans)
        if doubtful:
            await load_streams(self._connection, doubtful)
            for stream in doubtful.values():
                # What cannot be read may have been mended by the next time.
                stream.era = era if stream.trouble is None else -1
        return planned

    async def _name(self, requests: Sequence[Request]) -> set[ActorId]:
        """Learn the pseudonyms of all accounts, giving one to each that has none; return the new ones."""
        voters = self._memory.voters
        accounts = {
            command.account
            for request in requests
            for command in request.commands
            if command.account is not None and command.account not in voters
        }
        if not accounts:
            return set()
        found = await find_voters(self._connection, accounts)
        voters.update(found)
        new = accounts - found.keys()
        if not new:
            return set()
        named = await name_voters(self._connection, new)
        voters.update(named)
        return set(named.values())

    def _decide(self, command: Command, streams: Sequence[Stream], key: StreamKey) -> Answer:
        if trouble := next((stream.trouble for stream in streams if stream.trouble), None):
            return StreamUnreadableError(trouble)
        try:
            facts = command.decide(*[stream.state for stream in streams])
        except Refusal as refusal:
            return refusal
        except Exception as defect:  # noqa: BLE001 - one command's defect must not fail its neighbours
            _log.exception("deciding failed", command=type(command).__name__)
            return defect
        stream = streams[0]
        if not facts:
            return Appended(stream.position or self._position, changed=False)
        for fact in facts:
            position = self._position = Position(self._position + 1)
            stream.version += 1
            stream.position = position
            stream.state = evolve(stream.state, fact, position)
            type_, schema, data = CODEC.encode(fact)
            self._rows.append(
                (
                    key[0],
                    position,
                    self._recorded_at,
                    command.occurred_at,
                    stream.version,
                    schema,
                    type_,
                    key[1],
                    data,
                )
            )
        return Appended(stream.position, changed=True)

    async def _commit(self) -> None:
        statement = "COMMIT AND CHAIN" if self._more() else "COMMIT"
        if self._rows:
            move = sql.move_head.format(position=self._position, recorded_at=self._recorded_at)
            statement = f"{move}; {statement}"
        try:
            await self._connection.execute(statement)
        except LOST as error:
            message = "The connection to the log was lost while committing. Repeating the same PUT is safe."
            raise OutcomeUnknownError(message) from error
