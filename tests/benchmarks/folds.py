"""Events folded a second: from zero and in small ranges, beside one SQL aggregate of the whole log."""

import time
from collections.abc import Sequence
from typing import Final

import asyncpg

from events.ids import Position
from events.log.connection import DERIVED, Connection, create_pool
from projections.community import COMMUNITY
from projections.folding import fold_next
from projections.install import migrate
from projections.model import ReadModel
from projections.registry import MODELS
from tests.benchmarks import sql
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.log import fill
from tests.benchmarks.rounds import Measure, in_turn
from tests.benchmarks.servers import Machine, copied, owner

LIMITS: Final = {
    "DISTINCT ON": sql.tally_distinct,
    "NOT EXISTS": sql.tally_latest,
    "a telescoped sum": sql.tally_differences,
}
RANGES: Final = (1_000, 5_000)
STEPS_MAX: Final = 20
LARGE: Final = 1_000_000


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure folding."""
    events = setting.events
    template = await fill(machine, events=events, folded=False)
    rounds = 1 if events >= LARGE else setting.rounds
    async with copied(machine, template) as url:
        whole, alone, *limits = await in_turn(
            rounds,
            lambda: fold_from_zero(url, MODELS, events=events),
            lambda: fold_from_zero(url, (COMMUNITY,), events=events),
            *(aggregating(url, statement, events=events) for statement in LIMITS.values()),
        )
        steps = [await fold_in_steps(url, size=size, events=events) for size in RANGES]
    limit = max(limits)
    limit_name = f"one aggregate ({list(LIMITS)[limits.index(limit)]})"

    def figure(name: str, value: float, goal: float | None) -> Figure:
        return Figure(
            group="folds",
            name=name,
            events=events,
            value=value,
            unit="events/s",
            limit=limit,
            limit_name=limit_name,
            goal=goal,
        )

    return [
        figure("fold from zero, all models", whole, 0.8),
        figure("fold from zero, community alone", alone, 0.8),
        *(
            figure(f"fold in steps of {size:,}, all models", rate, None)
            for size, rate in zip(RANGES, steps, strict=True)
        ),
    ]


async def fold_from_zero(url: str, models: Sequence[ReadModel], *, events: int) -> float:
    """Drop what was folded and fold these models from the first event to the last; return events a second."""
    async with owner(url) as connection:
        await connection.execute(sql.forget_checkpoints)
    await migrate(url)
    return events / await _timed(url, models, head=Position(events))


async def fold_in_steps(url: str, *, size: int, events: int) -> float:
    """Fold the last part of the log in ranges of that size, as a worker does behind a steady stream."""
    steps = max(1, min(STEPS_MAX, events // (4 * size)))
    await fold_from_zero(url, (), events=events)
    await _timed(url, MODELS, head=Position(events - steps * size))
    heads = range(events - steps * size, events, size)
    seconds = [await _timed(url, MODELS, head=Position(head + size)) for head in heads]
    return steps * size / sum(seconds)


async def _timed(url: str, models: Sequence[ReadModel], *, head: Position) -> float:
    async with create_pool(url, size_max=1) as pool, pool.acquire() as connection:
        start = time.perf_counter()
        for model in models:
            await _fold(connection, model, head=head)
        return time.perf_counter() - start


async def _fold(connection: Connection, model: ReadModel, *, head: Position) -> None:
    while (folded := await fold_next(connection, model, head=head)) and folded.position < head:
        pass


def aggregating(url: str, statement: str, *, events: int) -> Measure:
    """Describe making the community's tallies of the whole log in one statement."""

    async def aggregate() -> float:
        connection = await asyncpg.connect(url, server_settings=DERIVED)
        try:
            start = time.perf_counter()
            await connection.execute(statement)
            return events / (time.perf_counter() - start)
        finally:
            await connection.close()

    return aggregate
