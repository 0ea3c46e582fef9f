"""The SQL folds against a plain-Python oracle, under any interleaving, batching and paging."""

from collections.abc import AsyncGenerator, Sequence
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from events.ids import Position
from events.log.connection import Pool
from events.log.reader import read_head
from events.log.writer import Writer
from projections.folding import fold_next
from projections.registry import MODELS, NAMES
from tests.properties.orders import OPENING, Named, batches
from tests.support.folds import assert_folds_are_exact, fold_all, snapshot, start_anew
from tests.support.logs import open_writer
from tests.support.raw_log import Owner, is_gapless

EXAMPLES_MAX = 30
ONE_DATABASE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


class Step(Struct, frozen=True):
    """One writer commits orders; then some models fold up to some share of the log."""

    writer: int
    orders: Sequence[Named]
    folds: Sequence[tuple[int, float]]


steps = st.builds(
    Step,
    writer=st.integers(0, 1),
    orders=batches,
    folds=st.lists(st.tuples(st.integers(0, len(MODELS) - 1), st.floats(0, 1)), max_size=4),
)


@pytest.fixture
async def writers(database_url: str) -> AsyncGenerator[Sequence[Writer]]:
    """Two writers, each with a memory of its own."""
    async with open_writer(database_url) as left, open_writer(database_url) as right:
        yield left, right


async def fold_some(pool: Pool, folds: Sequence[tuple[int, float]]) -> None:
    """Fold one range of each model named, up to a head somewhere in the log."""
    async with pool.acquire() as connection:
        head = await read_head(connection)
        for number, share in folds:
            await fold_next(connection, MODELS[number], head=Position(round(share * head)))


@settings(max_examples=EXAMPLES_MAX, deadline=None, suppress_health_check=ONE_DATABASE)
@given(plan=st.lists(steps, min_size=1, max_size=6), page=st.integers(1, 9))
async def test_folds_equal_the_oracle_wherever_their_ranges_end(
    *,
    plan: list[Step],
    page: int,
    writers: Sequence[Writer],
    pool: Pool,
    owner: Owner,
    database_url: str,
) -> None:
    own = uuid4().hex
    await writers[0].submit([order(own) for order in OPENING])
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("projections.folding.FOLD_EVENTS_MAX", page)
        for step in plan:
            await writers[step.writer].submit([order(own) for order in step.orders])
            await fold_some(pool, step.folds)
            await assert_folds_are_exact(pool)
        await fold_all(pool)
    await assert_folds_are_exact(pool)
    assert await is_gapless(owner)

    incremental = await snapshot(pool)
    assert sorted(await start_anew(owner, database_url)) == sorted(NAMES)
    assert not any((await snapshot(pool)).values())
    await fold_all(pool)
    assert await snapshot(pool) == incremental
