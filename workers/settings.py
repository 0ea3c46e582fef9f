"""The arq worker: its jobs and its schedule."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from arq.connections import RedisSettings
from arq.cron import CronJob, cron
from arq.worker import Function, Worker, func

from events.jobs import GIVE_BATCH, QUEUE
from events.log import sql
from events.log.connection import Pool
from events.log.idempotency import KEPT_FOR
from events.log.writer import Writer
from events.moderation.running import run_batch, running_batches
from projections.folding import BusyError
from workers import checks, ratings, replays
from workers.subscription import fold_to_head

HEALTH_KEY: Final = "ostraka:worker:health"
HEALTH_INTERVAL_S: Final = 10
JOBS_MAX: Final = 4
JOB_TIMEOUT_S: Final = 300
BATCH_TIMEOUT_S: Final = 86_400
"""A batch may be as large as the log; it is watched, and cancelled, by its state in Postgres."""

SWEEP_SECONDS: Final = frozenset(range(0, 60, 15))


async def sweep(ctx: dict[Any, Any]) -> None:
    """Fold what is left, in case every subscription is stuck."""
    with suppress(BusyError):
        await fold_to_head(ctx["pool"], ctx["redis"])


async def give_batch(ctx: dict[Any, Any], id_: str) -> None:
    """Give a batch's rulings."""
    await run_batch(ctx["pool"], ctx["writer"], UUID(id_))


async def sweep_batches(ctx: dict[Any, Any]) -> None:
    """Continue batches whose job was lost or whose worker was killed."""
    for id_ in await running_batches(ctx["pool"]):
        await run_batch(ctx["pool"], ctx["writer"], id_)


async def forget_answers(ctx: dict[Any, Any]) -> None:
    """Purge the answers whose idempotency keys have expired."""
    await ctx["pool"].execute(sql.delete_answers, datetime.now(UTC) - KEPT_FOR)


JOBS: Final[list[Function]] = [func(give_batch, name=GIVE_BATCH, keep_result=0, timeout=BATCH_TIMEOUT_S)]

SCHEDULE: Final[list[CronJob]] = [
    cron(sweep, second=set(SWEEP_SECONDS), keep_result=0),
    cron(
        sweep_batches,
        second=set(SWEEP_SECONDS),
        run_at_startup=True,
        keep_result=0,
        timeout=BATCH_TIMEOUT_S,
    ),
    cron(forget_answers, minute=0, keep_result=0),
]


def create_worker(redis_url: str, pool: Pool, writer: Writer) -> Worker:
    """Build an arq worker whose jobs use pool and writer; the caller handles signals."""
    return Worker(
        functions=[*JOBS, *replays.JOBS, *ratings.JOBS],
        ctx={"pool": pool, "writer": writer},
        cron_jobs=[*SCHEDULE, *replays.SCHEDULE, *checks.SCHEDULE, *ratings.SCHEDULE],
        queue_name=QUEUE,
        redis_settings=RedisSettings.from_dsn(redis_url),
        max_jobs=JOBS_MAX,
        handle_signals=False,
        job_timeout=JOB_TIMEOUT_S,
        keep_result=0,
        health_check_interval=HEALTH_INTERVAL_S,
        health_check_key=HEALTH_KEY,
    )
