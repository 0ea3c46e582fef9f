"""Keeps read models true to the log: tries what is set aside again, and checks a few subjects at a time."""

from time import monotonic
from typing import Any, Final

from arq.cron import CronJob, cron

from projections.aside.retrying import retry_due
from projections.checking.repairs import check_next

TIMEOUT_S: Final = 1_800
"""A subject may hold most of a large log."""

RETRY_SECONDS: Final = frozenset(range(10, 60, 15))
CHECK_SECONDS: Final = frozenset({20, 50})

REST: Final = 50
"""How many times as long as a check took a worker does none: checking costs 2 % of a core at most."""


async def retry_aside(ctx: dict[Any, Any]) -> None:
    """Try the subjects again that are set aside."""
    await retry_due(ctx["pool"], ctx["redis"])


async def check(ctx: dict[Any, Any]) -> None:
    """Check the next few subjects, unless the last check is not rested from."""
    began = monotonic()
    if began < ctx.get("check_from", 0.0):
        return
    await check_next(ctx["pool"], ctx["redis"])
    ended = monotonic()
    ctx["check_from"] = ended + REST * (ended - began)


SCHEDULE: Final[list[CronJob]] = [
    cron(retry_aside, second=set(RETRY_SECONDS), run_at_startup=True, keep_result=0, timeout=TIMEOUT_S),
    cron(check, second=set(CHECK_SECONDS), keep_result=0, timeout=TIMEOUT_S),
]
