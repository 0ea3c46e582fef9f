"""The worker's tail and its jobs: hints make it quick, and without any it gets there too."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta

import msgspec
import pytest
from redis.asyncio import Redis

from events.hints import FOLDED, listen
from events.ids import Position, SubjectId, tool_subject
from events.log.commands import IdempotencyKey
from events.log.connection import Pool
from events.log.idempotency import KEPT_FOR
from projections.catching_up import checkpoints, reach
from projections.model import FOLD_LOCKS
from projections.registry import MODELS, NAMES
from projections.scores import read_current_score
from tests.support.folds import assert_folds_are_exact
from tests.support.logs import list_tool, open_writer, told_writer, write
from tests.support.raw_log import Owner
from tests.support.valkey import connect_to
from tests.support.votes import ship, skip
from workers.settings import forget_answers, sweep
from workers.subscription import Subscription

WAIT_S_MAX = 30
LOOKS_MAX = 1_000
LOOK_S = 0.01
REACHED = "SELECT min(position) FROM read.checkpoints WHERE model = ANY ($1)"


@pytest.fixture
async def deaf() -> AsyncGenerator[Redis]:
    """A client of a server that is not there."""
    async with connect_to("unix:///nowhere/valkey.sock") as client:
        yield client


async def folded_by_others(owner: Owner, position: int, models: Sequence[str] = NAMES) -> None:
    """Wait until models have reached a position, without folding anything here."""
    for _ in range(LOOKS_MAX):
        if await owner.fetchval(REACHED, models) >= position:
            return
        await asyncio.sleep(LOOK_S)
    message = f"no tail folds up to {position}"
    raise TimeoutError(message)


async def test_a_hint_of_an_append_is_followed_by_a_hint_of_the_fold(
    database_url: str, pool: Pool, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.subscription.SWEEP_S", WAIT_S_MAX)
    hints: asyncio.Queue[bytes] = asyncio.Queue()
    ready = asyncio.Event()
    ear = asyncio.create_task(listen(redis, FOLDED, hints.put_nowait, ready.set))
    await asyncio.wait_for(ready.wait(), WAIT_S_MAX)
    async with Subscription(pool, redis), told_writer(database_url, redis) as writer:
        await write(writer, list_tool("hammer"))
        await write(writer, ship("ann"))
        subject = tool_subject("hammer")
        for _ in range(LOOKS_MAX):
            named = msgspec.json.decode(
                await asyncio.wait_for(hints.get(), WAIT_S_MAX), type=list[SubjectId] | None
            )
            score = (await read_current_score(pool, "hammer")).score
            if named == [subject] and score is not None and score.community.ship == 1:
                break
    ear.cancel()
    await asyncio.gather(ear, return_exceptions=True)
    await assert_folds_are_exact(pool)


async def test_a_tail_that_others_keep_from_folding_folds_as_soon_as_it_may(
    database_url: str, pool: Pool, redis: Redis, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others are the worker's own sweep, for instance: what it was too early for must not wait a second."""
    monkeypatch.setattr("workers.subscription.SWEEP_S", WAIT_S_MAX)
    async with Subscription(pool, redis), told_writer(database_url, redis) as writer:
        await write(writer, list_tool("hammer"))
        await folded_by_others(owner, 1)
        async with owner.transaction():
            await owner.execute("SELECT pg_advisory_xact_lock($1, $2)", FOLD_LOCKS, MODELS[-1].number)
            await write(writer, ship("ann"))
            await folded_by_others(owner, 2, models=NAMES[:-1])
            assert (await checkpoints(pool))[NAMES[-1]] == 1
        await folded_by_others(owner, 2)
    await assert_folds_are_exact(pool)


async def test_a_tail_that_hears_nothing_finds_the_events_all_the_same(
    database_url: str, pool: Pool, deaf: Redis, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.subscription.SWEEP_S", 0.01)
    async with Subscription(pool, deaf), open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await folded_by_others(owner, 1)
        await write(writer, ship("ann"), skip("bob"))
        await folded_by_others(owner, 3)
    await assert_folds_are_exact(pool)


async def test_a_tail_outlives_its_connections_to_postgres(
    database_url: str, pool: Pool, deaf: Redis, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.subscription.SWEEP_S", 0.01)
    monkeypatch.setattr("workers.subscription.RETRY_S", 0.01)
    async with Subscription(pool, deaf), open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await folded_by_others(owner, 1)
        await owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        async with open_writer(database_url) as fresh:
            await write(fresh, ship("ann"))
        await folded_by_others(owner, 2)
    await assert_folds_are_exact(pool)


async def test_several_tails_beside_a_busy_writer_count_everything_once(
    database_url: str, pool: Pool, redis: Redis, owner: Owner
) -> None:
    async with (
        Subscription(pool, redis),
        Subscription(pool, redis),
        told_writer(database_url, redis) as writer,
    ):
        await write(writer, list_tool("hammer"))
        for turn in range(50):
            order = skip if turn % 2 else ship
            await write(writer, *(order(f"voter-{number}") for number in range(20)))
        await folded_by_others(owner, 1_001)
    await assert_folds_are_exact(pool)


async def test_the_sweep_folds_to_the_head_and_may_run_twice_at_once(
    database_url: str, pool: Pool, redis: Redis
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
    context = {"pool": pool, "redis": redis}
    await asyncio.gather(sweep(context), sweep(context))
    async for _ in reach(pool, Position(2)):
        pass
    await sweep(context)
    await assert_folds_are_exact(pool)


async def test_expired_answers_are_purged_and_the_others_kept(
    database_url: str, pool: Pool, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        for name in ("old", "new"):
            await writer.submit([ship(name)], key=IdempotencyKey(SubjectId(1), name, b""))
    expire = "UPDATE log.answers SET recorded_at = recorded_at - $1::interval WHERE key = 'old'"
    await owner.execute(expire, KEPT_FOR + timedelta(seconds=1))
    for _ in range(2):
        await forget_answers({"pool": pool})
    assert [row["key"] for row in await owner.fetch("SELECT key FROM log.answers")] == ["new"]
