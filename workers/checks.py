"""Keeps read models true to the log: retries the quarantine, and checks a few subjects at a time."""

from time import monotonic
from typing import Any, Final

from arq.cron import CronJob, cron

from projections.checking.repairs import check_next
from projections.quarantine.retrying import retry_due

TIMEOUT_S: Final = 1_800
"""One subject may have most of the events of a large log."""

RETRY_SECONDS: Final = frozenset(range(10, 60, 15))
CHECK_SECONDS: Final = frozenset({20, 50})

REST: Final = 50
"""A worker rests so many times as long as a check took. So checks use at most 2 % of a core."""


async def retry_quarantined(ctx: dict[Any, Any]) -> None:
    """Retry the quarantined subjects that are due."""
    await retry_due(ctx["pool"], ctx["redis"])


async def check(ctx: dict[Any, Any]) -> None:
    """Check the next few subjects, unless the worker is resting after the last check."""
    began = monotonic()
    if began < ctx.get("check_from", 0.0):
        return
    await check_next(ctx["pool"], ctx["redis"])
    ended = monotonic()
    ctx["check_from"] = ended + REST * (ended - began)


SCHEDULE: Final[list[CronJob]] = [
    cron(retry_quarantined, second=set(RETRY_SECONDS), run_at_startup=True, keep_result=0, timeout=TIMEOUT_S),
    cron(check, second=set(CHECK_SECONDS), keep_result=0, timeout=TIMEOUT_S),
]
