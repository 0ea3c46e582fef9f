"""Runs the subscription and the jobs beside each other until a signal ends both.

The subscription needs only Postgres. The jobs need Redis, and wait while it is away.
"""

import asyncio
import signal
from asyncio import CancelledError
from contextlib import suppress
from typing import Final

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from events.hints import APPENDED, Publisher
from events.log.connection import Pool, create_pool
from events.log.writer import Writer
from events.tasks import end
from projections.catching_up import checkpoints
from workers.settings import JOBS_MAX, create_worker
from workers.subscription import Subscription

POOL_SIZE_MAX: Final = 2 + 2 * JOBS_MAX
"""Two for the subscription; a job may hold one connection for its lock and work over another."""

REDIS_TIMEOUT_S: Final = 0.5
RETRY_S: Final = 0.5

_log: Final = structlog.get_logger(__name__)


async def work(*, database_url: str, redis_url: str) -> None:
    """Work until SIGINT or SIGTERM."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    # Without a time limit a Redis that hangs would stop the subscription for ever.
    redis = Redis.from_url(  # pyright: ignore[reportUnknownMemberType] - redis-py leaves **kwargs untyped
        redis_url, socket_connect_timeout=REDIS_TIMEOUT_S, socket_timeout=REDIS_TIMEOUT_S
    )
    async with (
        redis,
        create_pool(database_url, size_max=POOL_SIZE_MAX) as pool,
        Subscription(pool, redis),
        Publisher(redis, APPENDED) as appended,
        Writer(database_url, on_commit=lambda position: appended.publish(str(position).encode())) as writer,
    ):
        _log.info("worker started", checkpoints=await checkpoints(pool))
        ending = asyncio.create_task(ended.wait(), name="wait for the end")
        jobs = asyncio.create_task(run_jobs(redis_url, pool, writer), name="run jobs")
        await asyncio.wait({ending, jobs}, return_when=asyncio.FIRST_COMPLETED)
        await end(ending, jobs)
        if not jobs.cancelled():
            jobs.result()


async def run_jobs(redis_url: str, pool: Pool, writer: Writer) -> None:
    """Run jobs for ever; when Redis goes away, which ends an arq worker, begin again with a new one."""
    while True:
        worker = create_worker(redis_url, pool, writer)
        try:
            await worker.async_run()
        except (RedisError, OSError) as error:
            _log.warning("jobs wait for redis", error=repr(error))
        finally:
            with suppress(RedisError, OSError, CancelledError):
                await worker.close()
        await asyncio.sleep(RETRY_S)
