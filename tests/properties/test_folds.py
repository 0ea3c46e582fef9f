"""The SQL folds against a plain-Python oracle, under any interleaving, batching and paging."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from events.facts import ReviewText, ReviewWithdrawn, VoteCast, VoteWithdrawn
from events.ids import Position
from events.log.connection import Pool, create_pool
from events.log.reader import read_head
from events.log.writer import Writer
from projections.folding import fold_next
from projections.install import migrate
from projections.registry import MODELS, NAMES
from tests.properties.orders import OPENING, Judgement, Named, batches, judgements
from tests.support.database import admin_connection, url_of
from tests.support.folds import assert_folds_are_exact, fold_all, snapshot, start_anew, whole_log
from tests.support.logs import open_writer
from tests.support.raw_log import is_gapless

EXAMPLES_MAX = 30
MODERATED = (VoteCast, VoteWithdrawn, ReviewText, ReviewWithdrawn)


class Step(Struct, frozen=True):
    """One writer commits orders, a moderator rules, then some models fold up to some share of the log."""

    writer: int
    orders: Sequence[Named]
    judgements: Sequence[Judgement]
    folds: Sequence[tuple[int, float]]


steps = st.builds(
    Step,
    writer=st.integers(0, 1),
    orders=batches,
    judgements=judgements,
    folds=st.lists(st.tuples(st.integers(0, len(MODELS) - 1), st.floats(0, 1)), max_size=4),
)


@asynccontextmanager
async def new_log(server_url: str, template: str) -> AsyncGenerator[tuple[str, Pool, Sequence[Writer]]]:
    """Open a database of an example's own, with two writers that have a memory of their own each."""
    name = f"example_{uuid4().hex}"
    url = url_of(server_url, name)
    async with admin_connection(server_url) as connection:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        async with (
            create_pool(url, size_max=2) as pool,
            open_writer(url) as left,
            open_writer(url) as right,
        ):
            yield url, pool, (left, right)
    finally:
        async with admin_connection(server_url) as connection:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def fold_some(pool: Pool, folds: Sequence[tuple[int, float]]) -> None:
    """Fold one range of each model named, up to a head somewhere in the log."""
    async with pool.acquire() as connection:
        head = await read_head(connection)
        for number, share in folds:
            await fold_next(connection, MODELS[number], head=Position(round(share * head)))


async def judge(pool: Pool, writer: Writer, step: Step) -> None:
    """Give a step's rulings on any votes and reviews there are."""
    async with pool.acquire() as connection:
        log = await whole_log(connection)
    moderated = [event for event in log if isinstance(event.fact, MODERATED)]
    if moderated and step.judgements:
        await writer.submit([each.about(moderated) for each in step.judgements])


@settings(max_examples=EXAMPLES_MAX, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=st.lists(steps, min_size=1, max_size=6), page=st.integers(1, 9), cell=st.integers(1, 9))
async def test_folds_equal_the_oracle_wherever_their_ranges_end(
    *, plan: list[Step], page: int, cell: int, server_url: str, template: str
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("projections.folding.FOLD_EVENTS_MAX", page)
        monkeypatch.setattr("projections.cells.CELL_EVENTS", cell)
        async with new_log(server_url, template) as (url, pool, writers):
            await migrate(url)
            await writers[0].submit([order("own") for order in OPENING])
            for step in plan:
                await writers[step.writer].submit([order("own") for order in step.orders])
                await judge(pool, writers[step.writer], step)
                await fold_some(pool, step.folds)
                await assert_folds_are_exact(pool)
            await fold_all(pool)
            await assert_folds_are_exact(pool)

            incremental = await snapshot(pool)
            async with admin_connection(url) as owner:
                assert await is_gapless(owner)
                assert sorted(await start_anew(owner, url)) == sorted(NAMES)
            assert not any((await snapshot(pool)).values())
            await fold_all(pool)
            assert await snapshot(pool) == incremental
