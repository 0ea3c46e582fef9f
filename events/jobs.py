"""Long work that processes hand to the workers, by name, over arq.

Redis may lose a job. Postgres holds the work that each job is for, and a periodic sweep picks up work whose
worker died. So a job is only a hint to begin at once, and it is safe to run twice and at the same time.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

import structlog
from arq.connections import ArqRedis
from redis.asyncio import Redis
from redis.exceptions import RedisError

if TYPE_CHECKING:
    from redis.asyncio import ConnectionPool

QUEUE: Final = "ostraka:jobs"

GIVE_BATCH: Final = "give_batch"
"""Give a batch's rulings; takes the batch's id as text."""

REPLAY: Final = "replay"
"""Rebuild read models; takes the replay's id as text."""

RATE: Final = "rate"
"""Fit the ratings anew in every context that changed; takes nothing."""

RATE_AFTER_S: Final = 1.0
"""The delay between a change and the fit of ratings: one fit then serves many preferences."""

_log: Final = structlog.get_logger(__name__)


async def enqueue(redis: Redis, name: str, *arguments: str) -> None:
    """Hand a job to whichever worker is free."""
    await _hand_over(redis, name, arguments, key=None, after_s=None)


async def enqueue_rating(redis: Redis) -> None:
    """Have ratings fitted after a short delay; further calls within it are ignored."""
    await _hand_over(redis, RATE, (), key=RATE, after_s=RATE_AFTER_S)


async def _hand_over(
    redis: Redis, name: str, arguments: Sequence[str], *, key: str | None, after_s: float | None
) -> None:
    queue = ArqRedis(cast("ConnectionPool", redis.connection_pool), default_queue_name=QUEUE)
    try:
        await queue.enqueue_job(name, *arguments, _job_id=key, _defer_by=after_s)
    except (RedisError, OSError) as error:
        _log.warning("a job was not handed over; a sweep will pick it up", job=name, error=repr(error))
