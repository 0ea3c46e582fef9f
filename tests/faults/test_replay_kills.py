"""Workers on a replay may be killed at any moment, and may be several: it is done once, and right."""

import asyncio
from uuid import UUID

import pytest
from redis.asyncio import Redis

from events.log.connection import Pool
from projections.rebuilding.beside import drop_leftovers
from projections.rebuilding.replays import end_replay
from projections.rebuilding.running import run_replay
from tests.support.folds import assert_folds_are_exact, fold_all
from tests.support.logs import open_writer, write
from tests.support.raw_log import Owner
from tests.support.replaying import HEAD, fill, found, ordered, schemas
from tests.support.rulings import SAM
from tests.support.slow_replay import start_replay
from tests.support.votes import ship

HALF = HEAD // 2
WAIT_S_MAX = 60.0


@pytest.fixture(autouse=True)
async def log(database_url: str, pool: Pool, owner: Owner) -> None:
    """A tool with votes, and a tally that is not theirs."""
    async with open_writer(database_url) as writer:
        await fill(writer, pool)
    await owner.execute("UPDATE read.community SET ship = ship + 1000")


async def half_way(database_url: str, redis_url: str, id_: UUID) -> asyncio.subprocess.Process:
    """Let another process begin a replay; return it once it has folded half of the log."""
    process = await start_replay(database_url, redis_url, id_)
    assert process.stdout is not None
    async with asyncio.timeout(WAIT_S_MAX):
        while int(await process.stdout.readline()) < HALF:
            pass
    return process


async def kill(process: asyncio.subprocess.Process) -> None:
    """Kill a process, as the kernel may."""
    process.kill()
    await process.wait()


async def run_to_its_end(pool: Pool, redis: Redis, id_: UUID) -> None:
    """Work on a replay as soon as whoever was killed no longer holds it."""
    async with asyncio.timeout(WAIT_S_MAX):
        while (await found(pool, id_)).state == "running":
            await run_replay(pool, redis, id_)


async def test_a_replay_goes_on_where_a_killed_worker_left_it(
    database_url: str, valkey_url: str, pool: Pool, redis: Redis, owner: Owner
) -> None:
    id_ = await ordered(pool)
    begun = "SELECT begun_at FROM log.replays WHERE id = $1"
    await kill(await half_way(database_url, valkey_url, id_))
    begun_at = await owner.fetchval(begun, id_)
    await kill(await half_way(database_url, valkey_url, id_))
    left_at = (await found(pool, id_)).position
    assert HALF <= left_at < HEAD
    reached = await owner.fetchval("SELECT position FROM rebuild_community.checkpoints")
    assert left_at <= reached < HEAD
    async with open_writer(database_url) as writer:
        await write(writer, *(ship(f"late-{number}") for number in range(5)))
    await run_to_its_end(pool, redis, id_)
    replay = await found(pool, id_)
    assert (replay.state, replay.position, replay.error) == ("done", HEAD + 5, None)
    assert await owner.fetchval(begun, id_) == begun_at
    assert replay.difference is not None
    assert replay.difference.count == 1
    await fold_all(pool)
    await assert_folds_are_exact(pool)
    assert await schemas(pool) == []


async def test_a_second_worker_leaves_a_replay_to_the_first(
    database_url: str, valkey_url: str, pool: Pool, redis: Redis
) -> None:
    id_ = await ordered(pool)
    process = await half_way(database_url, valkey_url, id_)
    await asyncio.gather(*[run_replay(pool, redis, id_) for _ in range(3)])
    assert (await found(pool, id_)).state == "running"
    await process.communicate()
    assert process.returncode == 0
    assert (await found(pool, id_)).state == "done"
    await assert_folds_are_exact(pool)


async def test_a_replay_in_another_process_is_cancelled(
    database_url: str, valkey_url: str, pool: Pool, owner: Owner
) -> None:
    id_ = await ordered(pool)
    process = await half_way(database_url, valkey_url, id_)
    assert await end_replay(pool, id_, by=SAM)
    await drop_leftovers(pool)
    await process.communicate()
    assert process.returncode == 0
    replay = await found(pool, id_)
    assert (replay.state, replay.difference) == ("cancelled", None)
    assert replay.position < HEAD
    assert await schemas(pool) == []
    assert await owner.fetchval("SELECT ship FROM read.community") == 1000
