"""The SQL folds against a plain-Python oracle, under any interleaving, batching and paging."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from events.ids import Position
from events.log.connection import Pool
from events.log.reader import read_head
from projections.folding import fold_next
from projections.install import migrate
from projections.registry import MODELS, NAMES
from tests.properties.logs import judge, new_log
from tests.properties.orders import OPENING, Judgement, Named, batches, judgements
from tests.support.database import admin_connection
from tests.support.examples import tried_with
from tests.support.folds import assert_folds_are_exact, fold_all, snapshot, start_anew
from tests.support.raw_log import is_gapless

EXAMPLES_MAX = 30


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


async def fold_some(pool: Pool, folds: Sequence[tuple[int, float]]) -> None:
    """Fold one range of each model named, up to a head somewhere in the log."""
    async with pool.acquire() as connection:
        head = await read_head(connection)
        for number, share in folds:
            await fold_next(connection, MODELS[number], head=Position(round(share * head)))


@tried_with(EXAMPLES_MAX)
@given(
    plan=st.lists(steps, min_size=1, max_size=6),
    page=st.integers(1, 9),
    kept=st.integers(1, 9),
    cell=st.integers(1, 9),
)
async def test_folds_equal_the_oracle_wherever_their_ranges_end(
    *, plan: list[Step], page: int, kept: int, cell: int, server_url: str, template: str
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("projections.folding.FOLD_EVENTS_MAX", page)
        monkeypatch.setattr("projections.folding.KEPT_EVENTS_MIN", kept)
        monkeypatch.setattr("projections.cells.CELL_EVENTS", cell)
        async with new_log(server_url, template) as (url, pool, writers):
            await migrate(url)
            await writers[0].submit([order("own") for order in OPENING])
            for step in plan:
                await writers[step.writer].submit([order("own") for order in step.orders])
                await judge(pool, writers[step.writer], step.judgements)
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
