"""The arq worker: its jobs, its schedule, and what it opens and closes."""

import os
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from arq.connections import RedisSettings
from arq.cron import CronJob, cron
from arq.worker import Worker

from events.log import sql
from events.log.answers import KEPT_FOR
from events.log.connection import create_pool
from projections.folding import checkpoints
from workers.tail import Tail, fold_to_head

QUEUE: Final = "ostraka:jobs"
HEALTH_KEY: Final = "ostraka:worker:health"
HEALTH_INTERVAL_S: Final = 10
POOL_SIZE_MAX: Final = 4
JOB_TIMEOUT_S: Final = 300
SWEEP_SECONDS: Final = frozenset(range(0, 60, 15))

_log: Final = structlog.get_logger(__name__)


async def startup(ctx: dict[Any, Any]) -> None:
    """Open the pool and start the tail."""
    stack = ctx["stack"] = AsyncExitStack()
    pool = await stack.enter_async_context(create_pool(os.environ["DATABASE_URL"], size_max=POOL_SIZE_MAX))
    ctx["pool"] = pool
    await stack.enter_async_context(Tail(pool, ctx["redis"]))
    _log.info("worker started", checkpoints=await checkpoints(pool))


async def shutdown(ctx: dict[Any, Any]) -> None:
    """Stop the tail and close the pool."""
    await ctx["stack"].aclose()


async def sweep(ctx: dict[Any, Any]) -> None:
    """Fold what is left, should every tail be stuck."""
    await fold_to_head(ctx["pool"], ctx["redis"])


async def forget_answers(ctx: dict[Any, Any]) -> None:
    """Purge the answers whose idempotency keys have expired."""
    await ctx["pool"].execute(sql.delete_answers, datetime.now(UTC) - KEPT_FOR)


SCHEDULE: Final[list[CronJob]] = [
    cron(sweep, second=set(SWEEP_SECONDS), keep_result=0),
    cron(forget_answers, minute=0, keep_result=0),
]


def create_worker(redis_url: str) -> Worker:
    """Build the worker of this process; DATABASE_URL must be set in its environment."""
    return Worker(
        cron_jobs=SCHEDULE,
        queue_name=QUEUE,
        redis_settings=RedisSettings.from_dsn(redis_url),
        on_startup=startup,
        on_shutdown=shutdown,
        job_timeout=JOB_TIMEOUT_S,
        keep_result=0,
        health_check_interval=HEALTH_INTERVAL_S,
        health_check_key=HEALTH_KEY,
    )
