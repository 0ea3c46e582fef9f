"""Under any interleaving: no drift where there is none, and a bad event anywhere stops its subject alone."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.codec import Event
from projections.checking.drift import look_at
from projections.install import migrate
from projections.quarantine.refolding import refold
from projections.quarantine.register import count_quarantined
from tests.properties.logs import judge, new_log
from tests.properties.orders import OPENING
from tests.properties.test_folds import Step, fold_some, steps
from tests.support.bad_events import spoil
from tests.support.database import admin_connection
from tests.support.examples import tried_with
from tests.support.folds import (
    assert_exact_but,
    assert_folds_are_exact,
    fold_all,
    start_anew,
    whole_log,
)

EXAMPLES_MAX = 15


@tried_with(EXAMPLES_MAX)
@given(
    plan=st.lists(steps, min_size=1, max_size=4),
    page=st.integers(1, 9),
    kept=st.integers(1, 9),
    cell=st.integers(1, 9),
    share=st.floats(0, 1),
)
async def test_a_subject_folded_anew_is_as_if_it_had_been_folded_all_along(
    *, plan: Sequence[Step], page: int, kept: int, cell: int, share: float, server_url: str, template: str
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
                async with pool.acquire() as connection:
                    log = await whole_log(connection)
                    look = await look_at(connection, sorted({event.subject_id for event in log}))
                assert (look.drifts, look.bad) == ([], [])
                assert await refold(pool, _at(log, share).subject_id) is None
                await assert_folds_are_exact(pool)

            async with pool.acquire() as connection:
                log = await whole_log(connection)
            bad = _at(log, share)
            async with admin_connection(url) as owner:
                await spoil(owner, bad.position, "schema = 7")
                trouble = await refold(pool, bad.subject_id)
                await fold_all(pool)
                await refold(pool, bad.subject_id)
                assert await count_quarantined(pool) == 1
                await assert_exact_but(pool, log, bad.subject_id, before=bad.position)
                await start_anew(owner, url)
                await fold_all(pool)
                await assert_exact_but(pool, log, bad.subject_id, before=bad.position)
                await spoil(owner, bad.position, "schema = 1")
            assert await refold(pool, bad.subject_id) is None
            assert trouble is None or trouble.position == bad.position
            await assert_folds_are_exact(pool)


def _at(log: Sequence[Event], share: float) -> Event:
    return log[min(len(log) - 1, int(share * len(log)))]
