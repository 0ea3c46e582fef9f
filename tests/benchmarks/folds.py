"""Events folded a second: from zero and in small ranges, beside plain SQL that makes the same of it all.

The same is the history by tool, hour and cell, which only a telescoped sum can make; with its indexes and
the tallies it is what a rebuild makes.
"""

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
from projections.scan import Scan
from tests.benchmarks import sql
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.log import fill
from tests.benchmarks.rounds import Measure, in_turn
from tests.benchmarks.servers import Machine, copied, owner

TALLIES: Final = {
    "DISTINCT ON": sql.tally_distinct,
    "NOT EXISTS": sql.tally_latest,
    "a telescoped sum": sql.tally_differences,
}
"""Ways to make the tallies alone, without any history; the fastest is shown beside the fold."""
RANGES: Final = (1_000, 5_000)
STEPS_MAX: Final = 20
LARGE: Final = 1_000_000


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure folding."""
    events = setting.events
    template = await fill(machine, events=events)
    rounds = 1 if events >= LARGE else setting.rounds
    steps = max(1, min(STEPS_MAX, events // (4 * sum(RANGES))))
    head = events - steps * sum(RANGES)
    async with copied(machine, template) as url:
        alone, whole, slices, tables, *tallies = await in_turn(
            rounds,
            lambda: fold_from_zero(url, (COMMUNITY,), head=head),
            lambda: fold_from_zero(url, MODELS, head=head),
            aggregating(url, sql.slice_differences, events=events),
            aggregating(url, f"{sql.slice_differences}; {sql.build_slices}", events=events),
            *(aggregating(url, statement, events=events) for statement in TALLIES.values()),
        )
        rates: list[float] = []
        for size in RANGES:
            rates.append(await fold_in_steps(url, size=size, after=head, steps=steps))
            head += steps * size
    tally = max(tallies)
    tally_name = f"the tallies alone ({list(TALLIES)[tallies.index(tally)]})"

    def figure(
        name: str,
        value: float,
        goal: float | None,
        limit: float = slices,
        limit_name: str = "one aggregate that makes the same",
    ) -> Figure:
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
        figure("fold from zero, all models", whole, 0.8, tables, "plain SQL that makes the same tables"),
        figure("fold from zero, all models", whole, 0.8, tally, tally_name),
        figure("fold from zero, community alone", alone, 0.8),
        *(
            figure(f"fold in steps of {size:,}, all models", rate, None)
            for size, rate in zip(RANGES, rates, strict=True)
        ),
    ]


async def fold_from_zero(url: str, models: Sequence[ReadModel], *, head: int) -> float:
    """Drop what was folded and fold these models from the first event to `head`; return events a second."""
    async with owner(url) as connection:
        await connection.execute(sql.forget_checkpoints)
    await migrate(url)
    return head / await _timed(url, models, [head])


async def fold_in_steps(url: str, *, size: int, after: int, steps: int) -> float:
    """Fold on in ranges of that size, as a worker does behind a steady stream; return events a second."""
    heads = range(after + size, after + steps * size + 1, size)
    return steps * size / await _timed(url, MODELS, heads)


async def _timed(url: str, models: Sequence[ReadModel], heads: Sequence[int]) -> float:
    async with create_pool(url, size_max=1) as pool, pool.acquire() as connection:
        start = time.perf_counter()
        for head in heads:
            scan = Scan()
            for model in models:
                await _fold(connection, model, head=Position(head), scan=scan)
        return time.perf_counter() - start


async def _fold(connection: Connection, model: ReadModel, *, head: Position, scan: Scan) -> None:
    reached = Position(0)
    while reached < head and (folded := await fold_next(connection, model, head=head, scan=scan)):
        reached = folded.position


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
