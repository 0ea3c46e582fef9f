"""One transaction of the writer: lock the head, load, decide, insert, move the head, commit."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

import structlog

from events.codec import CODEC
from events.ids import ActorId, Position, StreamKey
from events.log import sql
from events.log.answers import recall, remember, remembered
from events.log.commands import Answer, Appended, Command, OutcomeUnknownError, Refusal, Request
from events.log.connection import LOST, Connection
from events.log.loading import EMPTY, Stream, load_streams, name_voters
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
STREAMS_CACHED_MAX: Final = 100_000

Plan = tuple[Command, Sequence[StreamKey]]
"""A command and the streams it stands on; what it decides is appended to the first."""

_log: Final = structlog.get_logger(__name__)


class StreamCache:
    """Streams as they stood after a commit, so that a longer one isn't read again from its start.

    An entry can be behind the log (another process may have written) but never ahead of it or wrong:
    events are immutable, and only what came after the cached version is read and folded on top.
    """

    def __init__(self, *, streams_max: int = STREAMS_CACHED_MAX) -> None:
        self._streams: OrderedDict[StreamKey, Stream] = OrderedDict()
        self._streams_max = streams_max

    def recall(self, keys: Iterable[StreamKey]) -> dict[StreamKey, Stream]:
        """Return what is known of each stream; an unknown one is empty."""
        streams = dict.fromkeys(keys, EMPTY)
        if self._streams:
            for key in streams:
                streams[key] = self._streams.get(key, EMPTY)
        return streams

    def keep(self, streams: dict[StreamKey, Stream]) -> None:
        """Remember streams after a commit, and forget the oldest beyond the limit."""
        if self._streams_max == 0:
            return
        for key, stream in streams.items():
            self._streams[key] = stream
            self._streams.move_to_end(key)
        while len(self._streams) > self._streams_max:
            self._streams.popitem(last=False)

    def clear(self) -> None:
        """Forget everything, so that all is read from the log again."""
        self._streams.clear()


class Append:
    """The working state of one transaction."""

    def __init__(self, connection: Connection, cache: StreamCache) -> None:
        self._connection = connection
        self._cache = cache
        self._position = Position(0)
        self._recorded_at: datetime
        self._streams: dict[StreamKey, Stream] = {}
        self._rows: list[tuple[Any, ...]] = []

    async def run(self, requests: Sequence[Request]) -> tuple[Position, list[list[Answer]]]:
        """Decide and commit requests, in order, each with its own answers.

        Returns:
            The head after the commit, and the answers.

        Raises:
            OutcomeUnknownError: the connection was lost during COMMIT.
        """
        connection = self._connection
        await connection.execute(sql.lock_head)
        head = await connection.fetchrow(sql.select_head)
        if head is None:
            message = "log.head has no row"
            raise LookupError(message)
        self._position, self._recorded_at = Position(head["position"]), head["recorded_at"]
        known = await remembered(connection, [r.key for r in requests if r.key], self._recorded_at)
        planned = await self._plan(requests)

        answers: list[list[Answer]] = []
        fresh: list[tuple[Request, list[Answer]]] = []
        for request, plans in zip(requests, planned, strict=True):
            try:
                found = recall(known, request.key) if request.key else None
            except Refusal as refusal:
                answers.append([refusal] * len(request.commands))
                continue
            if found is None:
                found = [self._decide(command, keys) for command, keys in plans]
                fresh.append((request, found))
                if request.key:
                    known[request.key.asker, request.key.key] = (request.key.fingerprint, found)
            answers.append(found)

        await self._write(fresh)
        await self._commit()
        self._cache.keep(self._streams)
        return self._position, answers

    async def _plan(self, requests: Sequence[Request]) -> list[list[Plan]]:
        """Find out which streams each command stands on, and load them all."""
        accounts = {
            command.account
            for request in requests
            for command in request.commands
            if command.account is not None
        }
        voters: dict[str | None, ActorId | None] = {None: None}
        voters |= await name_voters(self._connection, accounts)
        planned = [
            [(command, command.streams(voters[command.account])) for command in request.commands]
            for request in requests
        ]
        self._streams = self._cache.recall(key for plans in planned for _, keys in plans for key in keys)
        await load_streams(self._connection, self._streams)
        return planned

    def _decide(self, command: Command, keys: Sequence[StreamKey]) -> Answer:
        found = [self._streams[key] for key in keys]
        try:
            facts = command.decide(*[state for _, _, state in found])
        except Refusal as refusal:
            return refusal
        except Exception as defect:  # noqa: BLE001 - one command's defect must not fail its neighbours
            _log.exception("deciding failed", command=type(command).__name__)
            return defect
        key = keys[0]
        version, position, state = found[0]
        if not facts:
            return Appended(position or self._position, changed=False)
        for fact in facts:
            version += 1
            position = self._position = Position(self._position + 1)
            state = evolve(state, fact, position)
            type_, schema, data = CODEC.encode(fact)
            self._rows.append(
                (
                    key[0],
                    position,
                    self._recorded_at,
                    command.occurred_at,
                    version,
                    schema,
                    type_,
                    key[1],
                    data,
                )
            )
        self._streams[key] = (version, position, state)
        return Appended(position, changed=True)

    async def _write(self, fresh: Sequence[tuple[Request, list[Answer]]]) -> None:
        if self._rows:
            await self._connection.copy_records_to_table(
                "events", schema_name="log", columns=COLUMNS, records=self._rows
            )
            await self._connection.execute(sql.move_head, self._position, self._recorded_at)
        await remember(self._connection, fresh, self._recorded_at)

    async def _commit(self) -> None:
        try:
            await self._connection.execute("COMMIT")
        except LOST as error:
            message = "The connection to the log was lost while committing. Repeating the same PUT is safe."
            raise OutcomeUnknownError(message) from error
