"""Previewing and giving a large batch of rulings, and reading the past of a tool with very many votes."""

import random
import time
from collections.abc import Awaitable, Callable
from statistics import median
from typing import Final
from uuid import uuid4

from msgspec.structs import replace
from redis.asyncio import Redis

from events.ids import Position
from events.log.audit import Author
from events.log.connection import Pool, create_pool
from events.log.writer import Writer
from events.moderation.batches import order_batch
from events.moderation.orders import BatchOrder
from events.moderation.running import run_batch
from events.moderation.selection import Selection
from projections.catching_up import reach
from projections.past.counts import read_past_score
from projections.preview.effects import preview
from projections.rebuilding import replays
from projections.rebuilding.running import run_replay
from projections.registry import MODELS, NAMES
from service.server.garbage_collection import collect_rarely
from tests.benchmarks import sql
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.folds import fold_from_zero
from tests.benchmarks.log import fill, slugs
from tests.benchmarks.rounds import in_turn
from tests.benchmarks.servers import Machine, copied, owner

RULINGS: Final = 100_000
PREVIEWS: Final = 3
PREVIEW_SHARE_MAX: Final = 0.05
FEW_TOOLS: Final = 4
"""So that half of all votes are about the first one."""

VOTES_OF_ONE: Final = 1_000_000
READS: Final = 200


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure moderation, and reading the past."""
    return [*await _batch(machine, setting), *await _past(machine, setting)]


async def _batch(machine: Machine, setting: Setting) -> list[Figure]:
    events = setting.events
    rulings = min(RULINGS, events // 2)
    asked = _order(events, rulings)
    of_tool = replace(asked, select=Selection(tool=slugs(1)[0]))
    async with (
        copied(machine, await fill(machine, events=events)) as url,
        create_pool(url, size_max=4) as pool,
    ):
        rate, replay_s, preview_s, of_tool_s = await in_turn(
            setting.rounds,
            lambda: fold_from_zero(url, MODELS, head=events),
            lambda: _replay_s(url, pool, machine.redis_url),
            lambda: _preview_s(url, pool, asked),
            lambda: _preview_s(url, pool, of_tool),
        )
        fold_s, votes = events / rate, (await preview(pool, of_tool)).matched
        await order_batch(pool, asked)
        give_s = await _seconds(lambda: _give(url, pool, asked))
        reach_s = await _seconds(lambda: _reach(pool, events + rulings))
    return [
        Figure(
            group="moderation",
            name="replay of every read model, swapped in",
            events=events,
            value=events / replay_s,
            unit="events/s",
        ),
        *(
            Figure(
                group="moderation",
                name=f"preview of {rulings:,} rulings",
                events=events,
                value=preview_s * 1000,
                unit="ms",
                limit=seconds * 1000 * PREVIEW_SHARE_MAX,
                limit_name=f"5 % of {what}",
                goal=1.0,
                lower_is_better=True,
            )
            for what, seconds in (("such a replay", replay_s), ("a fold from zero alone", fold_s))
        ),
        Figure(
            group="moderation",
            name=f"preview of retracting all {votes:,} votes on one tool",
            events=events,
            value=of_tool_s * 1000,
            unit="ms",
            limit=replay_s * 1000 * PREVIEW_SHARE_MAX,
            limit_name="5 % of such a replay",
            lower_is_better=True,
        ),
        Figure(
            group="moderation",
            name=f"giving {rulings:,} rulings",
            events=events,
            value=rulings / give_s,
            unit="rulings/s",
        ),
        Figure(
            group="moderation",
            name=f"folding {rulings:,} rulings",
            events=events,
            value=rulings / reach_s,
            unit="rulings/s",
        ),
    ]


async def _replay_s(url: str, pool: Pool, redis_url: str) -> float:
    await _rest(url)
    return await _seconds(lambda: _replay(pool, redis_url))


async def _preview_s(url: str, pool: Pool, asked: BatchOrder) -> float:
    await _rest(url)
    collect_rarely()  # as the API does, which serves previews
    return median([await _seconds(lambda: preview(pool, asked)) for _ in range(PREVIEWS)])


async def _rest(url: str) -> None:
    """See to it that nothing is left to do of what was measured before."""
    async with owner(url) as connection:
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")


async def _past(machine: Machine, setting: Setting) -> list[Figure]:
    events = min(setting.events, 2 * VOTES_OF_ONE)
    [tool, *_] = slugs(1)
    dice = random.Random(7)  # noqa: S311 - a benchmark, and the same every time
    async with copied(machine, await fill(machine, events=events, tools=FEW_TOOLS)) as url:
        async with owner(url) as connection:
            votes = await connection.fetchval(sql.count_first_tool)
            limit_s = await _seconds(lambda: connection.execute(sql.tally_first_tool))
        async with create_pool(url, size_max=1) as pool:
            reads: dict[bool, float] = {}
            for corrected in (False, True):
                reads[corrected] = median(
                    [
                        await _seconds(
                            lambda: read_past_score(
                                pool,
                                tool,
                                at=Position(dice.randrange(events)),
                                corrected=corrected,  # noqa: B023
                            )
                        )
                        for _ in range(READS if setting.rounds > 1 else 2)
                    ]
                )
    return [
        Figure(
            group="moderation",
            name=f"score as of a position, {kind}, of a tool with {votes:,} votes",
            events=events,
            value=reads[corrected] * 1000,
            unit="ms",
            limit=limit_s * 1000,
            limit_name="one aggregate of its votes",
            lower_is_better=True,
        )
        for corrected, kind in ((False, "as published"), (True, "as corrected"))
    ]


def _order(events: int, rulings: int) -> BatchOrder:
    start = events // 4
    return BatchOrder(
        id=uuid4(),
        action="retract",
        select=Selection(after_position=start, before_position=start + rulings + 1),
        reverts=None,
        reason="fraud",
        note="",
        by=Author("bench", "moderator"),
    )


async def _replay(pool: Pool, redis_url: str) -> None:
    asked = replays.ReplayOrder(
        id=uuid4(),
        models=NAMES,
        dry_run=False,
        by=Author("bench", "moderator"),
    )
    await replays.order_replay(pool, asked)
    async with Redis.from_url(redis_url) as redis:  # pyright: ignore[reportUnknownMemberType] - redis-py types its options half
        await run_replay(pool, redis, asked.id)
    replayed = await replays.read_replay(pool, asked.id)
    if replayed is None or replayed.state != "done":
        message = f"the replay came to {replayed}"
        raise RuntimeError(message)


async def _give(url: str, pool: Pool, asked: BatchOrder) -> None:
    async with Writer(url, on_commit=lambda _: None) as writer:
        await run_batch(pool, writer, asked.id)


async def _reach(pool: Pool, position: int) -> None:
    async for _ in reach(pool, Position(position)):
        pass


async def _seconds(work: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start
