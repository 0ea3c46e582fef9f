"""Ratings as an arq job: fitted shortly after matchups changed, or by a sweep if the job was lost."""

from typing import Any, Final

from arq.cron import CronJob, cron
from arq.worker import Function, func

from events.jobs import RATE
from projections.ratings.storing import refit_due

TIMEOUT_S: Final = 600
SWEEP_SECONDS: Final = frozenset(range(8, 60, 15))


async def rate(ctx: dict[Any, Any]) -> None:
    """Fit the ratings again in every context that changed."""
    await refit_due(ctx["pool"])


JOBS: Final[list[Function]] = [func(rate, name=RATE, keep_result=0, timeout=TIMEOUT_S)]

SCHEDULE: Final[list[CronJob]] = [
    cron(
        rate,
        name="sweep_ratings",
        second=set(SWEEP_SECONDS),
        run_at_startup=True,
        keep_result=0,
        timeout=TIMEOUT_S,
    )
]
