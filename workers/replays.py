"""Replays as arq jobs: a job begins at once, and a periodic sweep continues what a killed worker left."""

from typing import Any, Final
from uuid import UUID

from arq.cron import CronJob, cron
from arq.worker import Function, func

from events.jobs import REPLAY
from projections.rebuilding.beside import drop_leftovers
from projections.rebuilding.replays import running_replays
from projections.rebuilding.running import run_replay

TIMEOUT_S: Final = 86_400
"""A replay reads the whole log; it is watched, and cancelled, by its state in Postgres."""

SWEEP_SECONDS: Final = frozenset(range(5, 60, 15))


async def replay(ctx: dict[Any, Any], id_: str) -> None:
    """Run a replay."""
    await run_replay(ctx["pool"], ctx["redis"], UUID(id_))


async def sweep_replays(ctx: dict[Any, Any]) -> None:
    """Continue replays whose job was lost or whose worker was killed, and clean up after ended ones."""
    await drop_leftovers(ctx["pool"])
    for id_ in await running_replays(ctx["pool"]):
        await run_replay(ctx["pool"], ctx["redis"], id_)


JOBS: Final[list[Function]] = [func(replay, name=REPLAY, keep_result=0, timeout=TIMEOUT_S)]

SCHEDULE: Final[list[CronJob]] = [
    cron(
        sweep_replays,
        second=set(SWEEP_SECONDS),
        run_at_startup=True,
        keep_result=0,
        timeout=TIMEOUT_S,
    )
]
