"""Folds the log into the read models as it grows.

Every worker process runs one tail beside its arq jobs. It sleeps until a hint says that the log has
moved, folds, and sleeps again; a sweep finds what a lost hint missed. Who folds a model is settled by
a lock in Postgres, so any number of tails may run, and a worker killed in the middle does no harm.

Why this is not an arq job itself: docs/decisions/0004.
"""

import asyncio
import contextlib
from typing import Final, Self

import msgspec
import structlog
from asyncpg import PostgresError
from redis.asyncio import Redis

from events.hints import APPENDED, FOLDED, listen, send
from events.jobs import enqueue_rating
from events.log.connection import LOST, Pool
from events.tasks import end
from projections.catching_up import catch_up
from projections.folding import BusyError
from projections.ratings.storing import is_due

SWEEP_S: Final = 1.0
RETRY_S: Final = 0.5
BUSY_S: Final = 0.05
"""Pause while another worker folds: what it leaves, since it came later, would wait for the next sweep."""

PACE_S: Final = 0.02
"""Shortest time from one fold to the next. The first vote after a pause is folded at once; under a stream
of votes fewer, larger folds leave the machine to the writers."""

_log: Final = structlog.get_logger(__name__)
_encode: Final = msgspec.json.Encoder().encode


class Tail:
    """Follows the log until the block it is used in ends: `async with Tail(...)`."""

    def __init__(self, pool: Pool, redis: Redis) -> None:
        self._pool = pool
        self._redis = redis
        self._moved = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._tasks = [
            asyncio.create_task(
                listen(self._redis, APPENDED, on_message=lambda _: self._moved.set(), on_gap=self._moved.set),
                name="hear appends",
            ),
            asyncio.create_task(self._follow(), name="follow the log"),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        await end(*self._tasks)

    async def _follow(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), SWEEP_S)
            self._moved.clear()
            rested_at = loop.time() + PACE_S
            try:
                await fold_to_head(self._pool, self._redis)
                if await is_due(self._pool):
                    await enqueue_rating(self._redis)
            except BusyError:
                self._moved.set()
                await asyncio.sleep(BUSY_S)
            except (PostgresError, *LOST) as error:
                _log.warning("folding failed; trying again", error=repr(error))
                await asyncio.sleep(RETRY_S)
            except Exception:  # noqa: BLE001 - see below
                # A defect must not end the tail: the next events may be fine.
                _log.exception("folding met a defect; trying again")
                await asyncio.sleep(RETRY_S)
            await asyncio.sleep(rested_at - loop.time())


async def fold_to_head(pool: Pool, redis: Redis) -> None:
    """Fold every model to the head, and after each step tell who serves them what changed.

    Raises:
        BusyError: as `catch_up` does.
    """
    async for folded in catch_up(pool):
        await send(redis, FOLDED, _encode(folded.subjects))
