"""One transaction of the writer: lock the head, load, decide, insert, move the head, commit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from events.ids import Position, StreamKey
from events.log import sql
from events.log.audit import write_audit
from events.log.commands import Answer, OutcomeUnknownError, Submission
from events.log.connection import LOST, Connection
from events.log.deciding import Deciding, Plan
from events.log.idempotency import remember, remembered
from events.log.loading import (
    Stream,
    columns_of,
    find_voters,
    fold_streams,
    name_voters,
)
from events.log.memory import Memory
from events.log.rows import COLUMNS, copy_source


class Append:
    """The working state of one transaction."""

    def __init__(self, connection: Connection, memory: Memory, *, more: Callable[[], bool]) -> None:
        """Let `more` tell whether the next transaction is to begin with this one's commit."""
        self._connection = connection
        self._memory = memory
        self._more = more
        self._head = Position(0)
        self._recorded_at: datetime

    async def run(self, requests: Sequence[Submission]) -> tuple[Position, list[list[Answer]]]:
        """Decide and commit requests, in order, each with its own answers.

        Returns:
            The head after the commit, and the answers.

        Raises:
            OutcomeUnknownError: the connection was lost during COMMIT.
        """
        if not self._connection.is_in_transaction():
            await self._connection.execute("BEGIN")
        planned = await self._plan(requests)
        keys = [request.key for request in requests if request.key]
        known = await remembered(self._connection, keys, self._recorded_at) if keys else {}

        deciding = Deciding(position=self._head, recorded_at=self._recorded_at, known=known)
        source = copy_source(deciding.rows(requests, planned))
        if source is not None:
            await self._connection.copy_to_table(
                "events", schema_name="log", columns=COLUMNS, format="binary", source=source
            )
        if deciding.fresh:
            await remember(self._connection, deciding.fresh, self._recorded_at)
        if deciding.lines:
            await write_audit(self._connection, *deciding.lines)
        await self._commit(deciding.position)
        self._memory.settle(head=deciding.position)
        return deciding.position, deciding.answers

    async def _plan(self, requests: Sequence[Submission]) -> list[list[Plan]]:
        """Lock the head, and find out which streams each command needs, and their states.

        Events that are not known yet are read together with the lock. A second round trip is needed only if
        a pseudonym is not known here, or if another process has written since.
        """
        memory = self._memory
        voters, era = memory.voters, memory.era
        unknown = self._unknown(requests)
        planned, doubtful = ([], {}) if unknown else self._gather(requests)
        await self._lock_and_look(doubtful)
        if unknown or memory.voters is not voters or memory.era != era:
            await self._name(self._unknown(requests))
            planned, doubtful = self._gather(requests)
            if doubtful:
                await self._lock_and_look(doubtful)
        return planned

    async def _lock_and_look(self, doubtful: Mapping[StreamKey, Stream]) -> None:
        """Lock the head, which may be held already, and bring streams up to date."""
        head, *events = await self._connection.fetch(sql.lock_and_look, *columns_of(doubtful))
        self._head, self._recorded_at, erasures = head[:3]
        self._memory.face(head=self._head, erasures=erasures)
        await fold_streams(self._connection, doubtful, (event[3:] for event in events))
        for stream in doubtful.values():
            # An event that cannot be read now may be readable the next time.
            stream.era = self._memory.era if stream.trouble is None else -1

    def _gather(self, requests: Sequence[Submission]) -> tuple[list[list[Plan]], dict[StreamKey, Stream]]:
        """Gather the streams that each command needs, and those among them that may be out of date."""
        memory = self._memory
        voters, streams, era = memory.voters, memory.streams, memory.era
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
                        stream = streams[key] = Stream(era=era if memory.is_first(key) else -1)
                    if stream.era != era:
                        doubtful[key] = stream
                    found.append(stream)
                plans.append((command, found, keys[0]))
            planned.append(plans)
        return planned, doubtful

    def _unknown(self, requests: Sequence[Submission]) -> set[str]:
        """Return the accounts whose pseudonyms are not remembered."""
        voters = self._memory.voters
        return {
            command.account
            for request in requests
            for command in request.commands
            if command.account is not None and command.account not in voters
        }

    async def _name(self, accounts: set[str]) -> None:
        """Look up the pseudonyms of accounts, and give one to each account without."""
        if not accounts:
            return
        found = await find_voters(self._connection, accounts)
        self._memory.voters.update(found)
        new = accounts - found.keys()
        if new:
            named = await name_voters(self._connection, new)
            self._memory.voters.update(named)
            self._memory.welcome(named.values())

    async def _commit(self, position: Position) -> None:
        statement = "COMMIT AND CHAIN" if self._more() else "COMMIT"
        if position > self._head:
            move = sql.move_head.format(position=position, recorded_at=self._recorded_at)
            statement = f"{move}; {statement}"
        try:
            await self._connection.execute(statement)
        except LOST as error:
            message = "The connection to the log was lost while committing. Repeating the same PUT is safe."
            raise OutcomeUnknownError(message) from error
