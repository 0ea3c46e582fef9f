"""Hints alone bring a change all the way to those who listen: nobody looks at anything by the clock here."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from redis.asyncio import Redis

from events.ids import Position
from events.log.connection import Pool
from events.tasks import end
from service.live.ratings import LiveRatings
from service.live.score_cache import ScoreCache
from service.live.scores import LiveScores
from service.server.resources import hear_folds
from tests.support.folds import fold_all
from tests.support.logs import list_tool, told_writer, write
from tests.support.votes import ship, skip, withdraw
from workers.subscription import Subscription

NEVER_S = 3_600.0
WAIT_S_MAX = 30
BY_THE_CLOCK = (
    "workers.subscription.SWEEP_S",
    "service.live.scores.RECHECK_S",
    "service.live.score_cache.SCORE_FRESH_S",
)


@pytest.fixture
async def live(pool: Pool, redis: Redis, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[LiveScores]:
    """The scores that are listened to, of which hints alone tell."""
    for name in BY_THE_CLOCK:
        monkeypatch.setattr(name, NEVER_S)
    scoreboard = ScoreCache(pool)
    hearing = asyncio.create_task(
        hear_folds(redis, scoreboard, live := LiveScores(scoreboard, LiveRatings(pool)))
    )
    async with live:
        yield live
    await end(hearing)


async def test_every_change_is_told_because_of_its_hints(
    database_url: str, pool: Pool, redis: Redis, live: LiveScores
) -> None:
    async with told_writer(database_url, redis) as writer:
        await write(writer, list_tool("hammer"))
        await fold_all(pool)
        stream = live.follow(["hammer"], after=Position(1))
        assert b'"votes":0' in await anext(stream)
        async with Subscription(pool, redis):
            for order, votes in ((ship, 1), (skip, 1), (withdraw, 0)) * 5:
                await write(writer, order("ann"))
                told = await asyncio.wait_for(anext(stream), WAIT_S_MAX)
                assert b'"votes":%d' % votes in told
        await stream.aclose()
