"""Folds the log into the read models as it grows.

Every worker process runs one subscription beside its arq jobs. It sleeps until a hint says that the log has
moved, folds, and sleeps again. It also wakes up once a second, in case a hint was lost. A lock in Postgres
decides who folds a model, so any number of subscriptions may run, and killing a worker does no harm.

docs/decisions/0004 says why this is not an arq job.
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
"""The pause while another worker folds. It may leave newer events unfolded, so this one tries again."""

PACE_S: Final = 0.02
"""The shortest time between two folds. The first vote after a pause is folded at once. Under a stream of
votes, fewer and larger folds leave the machine to the writers."""

_log: Final = structlog.get_logger(__name__)
_encode: Final = msgspec.json.Encoder().encode


class Subscription:
    """Follows the log until the block it is used in ends: `async with Subscription(...)`."""

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
                # A defect must not end the subscription: the next events may be fine.
                _log.exception("folding met a defect; trying again")
                await asyncio.sleep(RETRY_S)
            await asyncio.sleep(rested_at - loop.time())


async def fold_to_head(pool: Pool, redis: Redis) -> None:
    """Fold every model to the head, and publish after each step which subjects changed.

    Raises:
        BusyError: as `catch_up` does.
    """
    async for folded in catch_up(pool):
        await send(redis, FOLDED, _encode(folded.subjects))
