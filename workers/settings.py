"""The arq worker: its jobs and its schedule."""

from datetime import UTC, datetime
from typing import Any, Final

from arq.connections import RedisSettings
from arq.cron import CronJob, cron
from arq.worker import Worker

from events.log import sql
from events.log.answers import KEPT_FOR
from events.log.connection import Pool
from workers.tail import fold_to_head

QUEUE: Final = "ostraka:jobs"
HEALTH_KEY: Final = "ostraka:worker:health"
HEALTH_INTERVAL_S: Final = 10
JOB_TIMEOUT_S: Final = 300
SWEEP_SECONDS: Final = frozenset(range(0, 60, 15))


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


def create_worker(redis_url: str, pool: Pool) -> Worker:
    """Build an arq worker whose jobs use the pool; whoever runs it sees to signals."""
    return Worker(
        ctx={"pool": pool},
        cron_jobs=SCHEDULE,
        queue_name=QUEUE,
        redis_settings=RedisSettings.from_dsn(redis_url),
        handle_signals=False,
        job_timeout=JOB_TIMEOUT_S,
        keep_result=0,
        health_check_interval=HEALTH_INTERVAL_S,
        health_check_key=HEALTH_KEY,
    )
