"""How far the read models are behind: in events, and in what their next event has waited."""

from events.ids import Position
from events.log.connection import Pool
from projections.folding import fold_next
from projections.lags import read_lags
from projections.registry import MODELS, NAMES
from tests.support.folds import fold_all
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, tamper
from tests.support.votes import ship

HOUR_S = 3_600.0


async def test_without_events_nothing_is_behind(pool: Pool) -> None:
    lags = await read_lags(pool)
    assert (lags.head, lags.moved_at) == (0, None)
    assert [(lag.model, lag.position, lag.events, lag.waits_s) for lag in lags.models] == [
        (name, 0, 0, 0.0) for name in NAMES
    ]


async def test_each_model_is_as_far_behind_as_its_next_event_has_waited(
    pool: Pool, database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), *(ship(voter) for voter in "abc"))
    await tamper(
        owner, "UPDATE log.events SET recorded_at = recorded_at - interval '1 hour' * (5 - position)"
    )
    async with pool.acquire() as connection:
        assert await fold_next(connection, MODELS[0], head=Position(3))
    lags = await read_lags(pool)
    assert lags.head == 4
    assert lags.moved_at is not None
    first, *others = lags.models
    assert (first.position, first.events, first.waits_s // HOUR_S) == (3, 1, 1)
    assert {(lag.position, lag.events, lag.waits_s // HOUR_S) for lag in others} == {(0, 4, 4)}
    await fold_all(pool)
    assert {(lag.position, lag.events, lag.waits_s) for lag in (await read_lags(pool)).models} == {
        (4, 0, 0.0)
    }


async def test_a_time_after_all_time_has_not_waited(pool: Pool, database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
    for time in ("infinity", "20000-01-01"):
        await tamper(owner, f"UPDATE log.events SET recorded_at = '{time}'")  # noqa: S608 - of the line above
        assert {lag.waits_s for lag in (await read_lags(pool)).models} == {0.0}
