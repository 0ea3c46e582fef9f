"""Swaps: rebuilt tables take the place of the live ones unseen, and are just like them."""

import asyncio
import itertools
from asyncio import CancelledError
from collections.abc import AsyncGenerator

import pytest
from redis.asyncio import Redis

from events.hints import FOLDED, listen
from events.ids import Position
from events.log.connection import Pool
from events.log.writer import Writer
from projections.quarantine.register import read_quarantine
from projections.rebuilding.replays import order_swap, running_replays
from projections.rebuilding.running import run_replay
from projections.scores import read_current_score
from tests.support.bad_events import BAD_VOTES, spoil
from tests.support.folds import assert_folds_are_exact, fold_all
from tests.support.logs import open_writer, write
from tests.support.raw_log import Owner
from tests.support.replaying import HEAD, VOTERS, fill, found, replayed, schemas
from tests.support.rulings import SAM
from tests.support.votes import ship, skip

WAIT_S_MAX = 30
DESCRIBED = """
SELECT relname, relkind::text, reloptions, relowner::regrole::text AS owner, relacl::text,
       CASE WHEN relkind = 'i' THEN pg_get_indexdef(oid) END AS index,
       (SELECT array_agg(conname || pg_get_constraintdef(c.oid) ORDER BY conname)
        FROM pg_constraint AS c WHERE conrelid = pg_class.oid) AS constraints,
       (SELECT array_agg(attname || format_type(atttypid, atttypmod) ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum > 0) AS columns
FROM pg_class WHERE relnamespace = 'read'::regnamespace ORDER BY relname
"""


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


@pytest.mark.usefixtures("log", "small_folds")
async def test_a_dry_run_stops_ready_and_swaps_when_it_is_told_to(
    pool: Pool, redis: Redis, writer: Writer, owner: Owner
) -> None:
    await owner.execute("UPDATE read.community SET ship = 1000")
    replay = await replayed(pool, redis, "community", dry_run=True)
    assert (replay.state, replay.dry_run, replay.ended_at) == ("ready", True, None)
    assert replay.difference is not None
    assert replay.difference.count == 1
    assert await schemas(pool) == ["rebuild_community"]
    await run_replay(pool, redis, replay.id)
    assert (await found(pool, replay.id)).state == "ready"
    assert (await pool.fetchval("SELECT ship FROM read.community")) == 1000

    await write(writer, *(ship(f"late-{number}") for number in range(VOTERS)))
    assert await order_swap(pool, replay.id, by=SAM)
    assert await running_replays(pool) == [replay.id]
    await run_replay(pool, redis, replay.id)
    replay = await found(pool, replay.id)
    assert (replay.state, replay.position) == ("done", HEAD + VOTERS)
    assert not await order_swap(pool, replay.id, by=SAM)
    await fold_all(pool)
    await assert_folds_are_exact(pool)
    assert await schemas(pool) == []


@pytest.mark.usefixtures("log")
async def test_swapped_tables_have_the_names_rights_and_settings_of_those_before(
    pool: Pool, redis: Redis, owner: Owner
) -> None:
    await owner.execute("GRANT SELECT ON read.community TO pg_monitor WITH GRANT OPTION")
    await owner.execute("GRANT SELECT (slug, name) ON read.tools TO PUBLIC")
    granted = (
        "SELECT attname, attacl::text FROM pg_attribute"
        " WHERE attrelid = 'read.tools'::regclass AND attnum > 0"
    )
    before, columns = await owner.fetch(DESCRIBED), await owner.fetch(granted)
    for _ in range(2):
        assert (await replayed(pool, redis)).state == "done"
        assert await owner.fetch(DESCRIBED) == before
        assert await owner.fetch(granted) == columns


@pytest.mark.usefixtures("log")
async def test_one_hint_after_the_swap_and_none_before_it(pool: Pool, redis: Redis) -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    ready = asyncio.Event()
    ear = asyncio.create_task(listen(redis, FOLDED, heard.put_nowait, ready.set))
    await asyncio.wait_for(ready.wait(), WAIT_S_MAX)
    replay = await replayed(pool, redis, dry_run=True)
    assert await order_swap(pool, replay.id, by=SAM)
    await run_replay(pool, redis, replay.id)
    assert await asyncio.wait_for(heard.get(), WAIT_S_MAX) == b"null"
    await redis.publish(FOLDED, b"the end")  # pyright: ignore[reportUnknownMemberType]
    assert await asyncio.wait_for(heard.get(), WAIT_S_MAX) == b"the end"
    ear.cancel()
    await asyncio.gather(ear, return_exceptions=True)


@pytest.mark.usefixtures("log")
async def test_a_swap_gives_way_to_a_reader_that_stays_and_is_ready_to_try_again(
    pool: Pool, redis: Redis, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.rebuilding.swapping.TRIES_MAX", 2)
    async with owner.transaction():
        await owner.fetch("SELECT * FROM read.community")
        replay = await replayed(pool, redis)
        assert (replay.state, replay.ended_at) == ("ready", None)
        assert "others did not leave" in (replay.error or "")
        assert (await read_current_score(pool, "hammer")).position == HEAD
    assert await order_swap(pool, replay.id, by=SAM)
    await run_replay(pool, redis, replay.id)
    assert (await found(pool, replay.id)).state == "done"


@pytest.mark.usefixtures("log")
async def test_a_live_model_that_cannot_be_folded_is_replaced_by_one_that_can(
    pool: Pool, redis: Redis, writer: Writer, owner: Owner
) -> None:
    await owner.execute("ALTER TABLE read.community ADD CHECK (ship = 0)")
    await owner.execute("DROP TABLE read.panel")
    await write(writer, ship("ann"))
    replay = await replayed(pool, redis)
    assert (replay.state, replay.position) == ("done", HEAD + 1)
    await fold_all(pool)
    await assert_folds_are_exact(pool)


@pytest.mark.usefixtures("log")
async def test_what_cannot_be_folded_anew_is_set_aside_with_the_swap(
    pool: Pool, redis: Redis, writer: Writer, owner: Owner
) -> None:
    await spoil(owner, HEAD, BAD_VOTES["a type that nobody knows"])
    replay = await replayed(pool, redis, "community")
    assert (replay.state, replay.position) == ("done", HEAD)
    assert replay.difference is not None
    assert [change.tool for change in replay.difference.items] == ["hammer"]
    await write(writer, ship("late"))
    await fold_all(pool)
    [aside] = await read_quarantine(pool, after=Position(0), limit=10)
    assert (aside.tool, aside.position) == ("hammer", HEAD)
    score = (await read_current_score(pool, "hammer")).score
    assert score is not None
    assert (score.community.ship, score.community.skip) == (1, VOTERS - 1)
    again = await replayed(pool, redis)
    assert again.difference is not None
    assert (again.state, again.difference.count) == ("done", 0)


@pytest.mark.usefixtures("log")
async def test_a_replay_catches_a_head_that_keeps_moving_and_scores_stay_exact(
    pool: Pool, redis: Redis, writer: Writer
) -> None:
    readings: list[tuple[int, int]] = []

    async def vote() -> None:
        for number in itertools.count():
            await write(writer, skip(f"late-{number}"))

    async def fold() -> None:
        while True:
            await fold_all(pool)
            await asyncio.sleep(0)

    async def read() -> None:
        while True:
            reading = await read_current_score(pool, "hammer")
            assert reading.score is not None
            readings.append((reading.position, reading.score.community.skip))

    busy = [asyncio.create_task(work) for work in (vote(), fold(), read(), read())]
    replays = [await asyncio.wait_for(replayed(pool, redis), WAIT_S_MAX) for _ in range(3)]
    for task in busy:
        task.cancel()
    assert all(isinstance(end, CancelledError) for end in await asyncio.gather(*busy, return_exceptions=True))
    assert [replay.state for replay in replays] == 3 * ["done"]
    assert len(set(readings)) > len(replays)
    assert [reading for reading in readings if reading[0] - HEAD != reading[1] - VOTERS] == []
