"""Group commit: the only place that appends to the log.

Each process has one writer. Requests queue; whatever waits when a commit returns goes into the next
transaction. Nothing is acknowledged before its commit returned, and each request gets its own answer.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, Self

import asyncpg
import structlog

from events.ids import Position
from events.log.append import Append
from events.log.audit import Attribution
from events.log.commands import (
    Answer,
    Command,
    IdempotencyKey,
    LogUnavailableError,
    OutcomeUnknownError,
    QueueFullError,
    Refusal,
    Submission,
)
from events.log.connection import LOST, Connection, connect
from events.log.memory import STREAMS_REMEMBERED_MAX, Memory

BATCH_COMMANDS_MAX: Final = 1_000
QUEUE_COMMANDS_MAX: Final = 20_000
CLOSE_TIMEOUT_S: Final = 10

_log: Final = structlog.get_logger(__name__)


class Writer:
    """Queues requests and commits them in groups, over one connection of its own.

    Use it as `async with Writer(...)`; leaving the block commits what still waits.
    """

    def __init__(
        self,
        database_url: str,
        *,
        on_commit: Callable[[Position], None],
        queue_commands_max: int = QUEUE_COMMANDS_MAX,
        streams_cached_max: int = STREAMS_REMEMBERED_MAX,
    ) -> None:
        self._database_url = database_url
        self._on_commit = on_commit
        self._queue_commands_max = queue_commands_max
        self._queue: deque[Submission] = deque()
        self._waiting = asyncio.Event()
        self._closing = False
        self._connection: Connection | None = None
        self._memory = Memory(streams_max=streams_cached_max)
        self._head = Position(0)
        self._task: asyncio.Task[None]
        self.queued_commands = 0
        self.batches = 0
        self.commands = 0

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="writer")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing = True
        self._waiting.set()
        await self._task
        await self._disconnect()

    def submit(
        self,
        commands: Sequence[Command],
        *,
        key: IdempotencyKey | None = None,
        signature: Attribution | None = None,
    ) -> "asyncio.Future[list[Answer]]":
        """Queue commands to be decided and committed together; the future holds an answer for each.

        The audit list names the changes of signed commands.

        The future fails with `LogUnavailableError` (nothing was recorded) or `OutcomeUnknownError`
        (it may have been; sending the same again is safe).

        Raises:
            QueueFullError: too much is waiting already; nothing was queued.
        """
        if self._closing or self.queued_commands + len(commands) > max(
            self._queue_commands_max, len(commands)
        ):
            message = f"{self.queued_commands} writes are waiting already; try again in a moment."
            raise QueueFullError(message)
        request = Submission(commands, key, signature, asyncio.get_running_loop().create_future())
        self._queue.append(request)
        self.queued_commands += len(commands)
        self._waiting.set()
        return request.answers

    async def _run(self) -> None:
        while self._queue or not self._closing:
            await self._waiting.wait()
            self._waiting.clear()
            while batch := self._take():
                await self._commit(batch)

    def _take(self) -> list[Submission]:
        batch: list[Submission] = []
        size = 0
        while self._queue and (not batch or size + len(self._queue[0].commands) <= BATCH_COMMANDS_MAX):
            request = self._queue.popleft()
            size += len(request.commands)
            batch.append(request)
        self.queued_commands -= size
        return batch

    def _has_more(self) -> bool:
        return bool(self._queue)

    async def _commit(self, batch: Sequence[Submission]) -> None:
        try:
            position, answers = await self._append(batch)
        except Refusal as refusal:
            _fail(batch, refusal)
        except Exception as error:  # noqa: BLE001 - the callers wait for an answer in any case
            _log.exception("an append failed", requests=len(batch))
            if len(batch) > 1:
                # One request made the whole group fail: commit each on its own.
                for request in batch:
                    await self._commit([request])
            else:
                _fail(batch, error)
        else:
            self.batches += 1
            for request, found in zip(batch, answers, strict=True):
                self.commands += len(found)
                if not request.answers.done():
                    request.answers.set_result(found)
            if position > self._head:
                self._head = position
                self._on_commit(position)

    async def _append(self, batch: Sequence[Submission]) -> tuple[Position, list[list[Answer]]]:
        try:
            connection = await self._connected()
            return await Append(connection, self._memory, more=self._has_more).run(batch)
        except OutcomeUnknownError:
            await self._disconnect()
            raise
        except LOST as error:
            await self._disconnect()
            if isinstance(error, ValueError):
                raise  # asyncpg could not encode a value; the connection was not to blame
            _log.warning("the log cannot be reached", error=repr(error))
            message = "The log cannot be reached; nothing was recorded. Try again in a moment."
            raise LogUnavailableError(message) from error
        except BaseException:
            await self._disconnect()
            raise

    async def _connected(self) -> Connection:
        if self._connection is not None and self._connection.is_closed():
            await self._disconnect()
        if self._connection is None:
            self._connection = await connect(self._database_url)
        return self._connection

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        self._memory.clear()
        if connection is None:
            return
        try:
            await connection.close(timeout=CLOSE_TIMEOUT_S)
        except (asyncpg.PostgresError, *LOST):
            connection.terminate()


def _fail(batch: Sequence[Submission], error: Exception) -> None:
    for request in batch:
        if not request.answers.done():
            request.answers.set_exception(error)
