"""Replays: what they repair, when they stop, and what becomes of them when others interfere."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from redis.asyncio import Redis

from events.log.connection import Pool
from events.log.writer import Writer
from projections.catching_up import checkpoints
from projections.rebuilding.beside import drop_leftovers
from projections.rebuilding.replays import GoingOnError, end_replay, order_swap
from projections.rebuilding.running import run_replay
from projections.registry import NAMES
from tests.support.folds import assert_folds_are_exact, fold_all, snapshot
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, tamper
from tests.support.replaying import HEAD, fill, found, oids, ordered, replayed, schemas
from tests.support.rulings import SAM
from tests.support.votes import ship

WAIT_S_MAX = 30


@pytest.fixture
async def writer(database_url: str) -> AsyncGenerator[Writer]:
    """A writer on an empty log."""
    async with open_writer(database_url) as writer:
        yield writer


@pytest.fixture
async def log(writer: Writer, pool: Pool) -> None:
    """A tool, voters who all changed their minds, and live models that know."""
    await fill(writer, pool)


@pytest.fixture
def small_folds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a replay look up after every few events."""
    monkeypatch.setattr("projections.rebuilding.running.REBUILD_EVENTS_MAX", 7)


@pytest.mark.usefixtures("log")
async def test_rebuilding_twice_is_idempotent(pool: Pool, redis: Redis) -> None:
    before, identities = await snapshot(pool), await oids(pool)
    for _ in range(2):
        replay = await replayed(pool, redis)
        assert (replay.state, replay.position, replay.head, replay.error) == ("done", HEAD, HEAD, None)
        assert replay.difference is not None
        assert (replay.difference.count, replay.difference.items) == (0, [])
        assert replay.ended_at is not None
        assert await snapshot(pool) == before
        assert await checkpoints(pool) == dict.fromkeys(NAMES, HEAD)
        assert await schemas(pool) == []
        swapped = await oids(pool)
        kept = {name for name in swapped if swapped[name] == identities[name]}
        assert "checkpoints" in kept
        assert not kept & {"tools", "panelists", "reviews", "panel", "community"}
        identities = swapped
    await assert_folds_are_exact(pool)


@pytest.mark.usefixtures("log")
async def test_a_rebuild_removes_state_the_replay_cannot_produce(
    pool: Pool, redis: Redis, owner: Owner
) -> None:
    before = await snapshot(pool)
    await owner.execute("UPDATE read.community SET ship = ship + 1000")
    await owner.execute("INSERT INTO read.community VALUES (5, 7, 7, 1)")
    await owner.execute("DELETE FROM read.tools")
    replay = await replayed(pool, redis)
    assert replay.difference is not None
    assert (replay.difference.position, replay.difference.count) == (HEAD, 3)
    told = {(change.model, change.tool): change for change in replay.difference.items}
    assert set(told) == {("community", "hammer"), ("community", None), ("catalogue", "hammer")}
    tally = told["community", "hammer"]
    assert tally.before["community"][0]["ship"] == 1000
    assert tally.after["community"][0]["ship"] == 0
    assert "community" not in told["community", None].after
    assert told["catalogue", "hammer"].before == {}
    assert told["catalogue", "hammer"].after["tools"][0]["slug"] == "hammer"
    assert await snapshot(pool) == before
    await assert_folds_are_exact(pool)


@pytest.mark.usefixtures("log")
async def test_rebuilding_one_projection_leaves_another_alone(pool: Pool, redis: Redis, owner: Owner) -> None:
    await owner.execute("UPDATE read.community SET ship = 1000")
    await owner.execute("UPDATE read.tools SET name = 'Of no log'")
    before, identities = await snapshot(pool), await oids(pool)
    replay = await replayed(pool, redis, "community")
    assert (replay.state, replay.models) == ("done", ["community"])
    after = await snapshot(pool)
    assert after["tools"] == before["tools"]
    assert after["community"] != before["community"]
    moved = {name for name, oid in (await oids(pool)).items() if oid != identities[name]}
    assert "community" in moved
    assert not moved & {"tools", "panelists", "reviews", "panel", "checkpoints"}


async def test_rebuilding_a_projection_with_no_events_is_not_an_error(
    pool: Pool, redis: Redis, writer: Writer
) -> None:
    for _ in range(2):
        replay = await replayed(pool, redis)
        assert (replay.state, replay.position, replay.head, replay.error) == ("done", 0, 0, None)
    await write(writer, list_tool("hammer"))
    replay = await replayed(pool, redis, "reviews")
    assert (replay.state, replay.position, replay.error) == ("done", 1, None)
    await fold_all(pool)
    await assert_folds_are_exact(pool)


@pytest.mark.usefixtures("log")
async def test_a_cancelled_replay_leaves_nothing_behind(pool: Pool, redis: Redis) -> None:
    identities = await oids(pool)
    ready = await replayed(pool, redis, dry_run=True)
    assert len(await schemas(pool)) == len(NAMES)
    assert await end_replay(pool, ready.id, by=SAM)
    await drop_leftovers(pool)
    assert await schemas(pool) == []
    assert not await end_replay(pool, ready.id, by=SAM)
    assert not await order_swap(pool, ready.id, by=SAM)
    unbegun = await ordered(pool)
    assert await end_replay(pool, unbegun, by=SAM)
    await run_replay(pool, redis, unbegun)
    assert (await found(pool, unbegun)).state == "cancelled"
    assert (await schemas(pool), await oids(pool)) == ([], identities)


@pytest.mark.usefixtures("log", "small_folds")
async def test_a_replay_is_cancelled_between_two_folds(
    pool: Pool, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await ordered(pool)
    folds = 0

    async def fold(*arguments: Any, **named: Any) -> None:  # noqa: ANN401 - passed on
        nonlocal folds
        folds += 1
        if folds == 2 * len(NAMES):
            assert await end_replay(pool, id_, by=SAM)
        await original(*arguments, **named)

    from projections.rebuilding.running import fold_rebuilt as original  # noqa: PLC0415 - before it is replaced

    monkeypatch.setattr("projections.rebuilding.running.fold_rebuilt", fold)
    await run_replay(pool, redis, id_)
    replay = await found(pool, id_)
    assert (replay.state, replay.position, replay.difference) == ("cancelled", 7, None)
    assert folds == 2 * len(NAMES)
    assert await schemas(pool) == []


@pytest.mark.usefixtures("log")
async def test_a_model_is_rebuilt_by_one_replay_at_a_time(pool: Pool, redis: Redis) -> None:
    first = await ordered(pool, "community", dry_run=True)
    for models in (("community",), ()):
        with pytest.raises(GoingOnError, match="community is running") as caught:
            await ordered(pool, *models)
        assert caught.value.other.id == first
    await ordered(pool, "reviews")
    await run_replay(pool, redis, first)
    with pytest.raises(GoingOnError, match="community is ready"):
        await ordered(pool, "community")
    assert await end_replay(pool, first, by=SAM)
    await ordered(pool, "community")


@pytest.mark.usefixtures("log", "small_folds")
async def test_many_that_work_on_one_replay_do_it_once(pool: Pool, redis: Redis, owner: Owner) -> None:
    await owner.execute("UPDATE read.community SET ship = 1000")
    id_ = await ordered(pool)
    await asyncio.gather(*[run_replay(pool, redis, id_) for _ in range(4)])
    replay = await found(pool, id_)
    assert replay.state == "done"
    await asyncio.gather(*[run_replay(pool, redis, id_) for _ in range(2)])
    assert await found(pool, id_) == replay
    await assert_folds_are_exact(pool)


@pytest.mark.usefixtures("log")
async def test_a_replay_fails_where_it_would_put_another_builds_tables_in_place(
    pool: Pool, redis: Redis, owner: Owner
) -> None:
    await owner.execute(
        "UPDATE read.checkpoints SET fingerprint = 'of another build' WHERE model = 'reviews'"
    )
    replay = await replayed(pool, redis)
    assert replay.state == "failed"
    assert "reviews as another build defines it" in (replay.error or "")
    assert replay.ended_at is not None
    assert await schemas(pool) == []
    assert (await replayed(pool, redis, "community")).state == "done"


@pytest.mark.usefixtures("log")
async def test_a_hole_in_the_log_fails_a_replay_and_leaves_the_live_tables_alone(
    pool: Pool, redis: Redis, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.rebuilding.running.STALL_S", 0.001)
    before = await snapshot(pool)
    await tamper(owner, "DELETE FROM log.events WHERE position = 18")
    replay = await replayed(pool, redis)
    assert replay.state == "failed"
    assert "positions are missing" in (replay.error or "")
    assert await snapshot(pool) == before


@pytest.mark.usefixtures("log")
async def test_a_replay_begun_by_another_build_is_not_gone_on_with(
    pool: Pool, redis: Redis, owner: Owner
) -> None:
    replay = await replayed(pool, redis, "community", dry_run=True)
    await owner.execute("UPDATE rebuild_community.checkpoints SET fingerprint = 'of another build'")
    assert await order_swap(pool, replay.id, by=SAM)
    await run_replay(pool, redis, replay.id)
    assert (await found(pool, replay.id)).state == "failed"
    await assert_folds_are_exact(pool)


async def test_many_differences_are_counted_and_some_of_them_told(
    pool: Pool, redis: Redis, writer: Writer, owner: Owner
) -> None:
    await write(writer, *(list_tool(f"tool-{number}") for number in range(150)))
    await write(writer, *(ship("ann", f"tool-{number}") for number in range(150)))
    await fold_all(pool)
    await owner.execute("UPDATE read.community SET ship = 9")
    replay = await replayed(pool, redis, dry_run=True)
    assert replay.difference is not None
    assert (replay.difference.count, len(replay.difference.items)) == (150, 100)
    names = [change.tool for change in replay.difference.items]
    assert names == sorted(names, key=str)
