"""Connections and tasks that one API process holds open while it serves."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from typing import Final

import msgspec
from redis.asyncio import Redis

from events.hints import APPENDED, FOLDED, Publisher, listen
from events.ids import RULE_SUBJECT, SubjectId
from events.log.connection import create_pool
from events.log.writer import Writer
from events.tasks import end
from projections.ratings.past import PastRatings
from service.http.dependencies import Dependencies
from service.http.sse import Streams
from service.live.ratings import LiveRatings
from service.live.score_cache import ScoreCache
from service.live.scores import LiveScores
from service.server.metrics import Metrics
from service.server.settings import Settings

POOL_SIZE_MAX: Final = 8
REDIS_TIMEOUT_S: Final = 2

_decode: Final = msgspec.json.Decoder(list[SubjectId] | None).decode


def scores_changed(payload: bytes) -> Collection[SubjectId] | None:
    """Read out of the hint of a fold whose scores changed; None for any, and after an adoption for all."""
    try:
        subjects = _decode(payload)
    except msgspec.DecodeError:
        return None  # from another version: anything may have changed
    return None if subjects is None or RULE_SUBJECT in subjects else subjects


async def hear_folds(redis: Redis, score_cache: ScoreCache, live: LiveScores) -> None:
    """Pass on what folds have changed, for ever; cancel it to stop."""

    def on_folded(changed: Collection[SubjectId] | None) -> None:
        score_cache.on_folded(changed)
        live.on_folded(changed)

    await listen(
        redis,
        FOLDED,
        on_message=lambda payload: on_folded(scores_changed(payload)),
        on_gap=lambda: on_folded(None),
    )


@asynccontextmanager
async def open_resources(
    settings: Settings, dependencies: Dependencies, metrics: Metrics, streams: Streams
) -> AsyncGenerator[None]:
    """Open and provide everything, and close it in the opposite order once the last request is answered."""
    redis = Redis.from_url(  # pyright: ignore[reportUnknownMemberType] - redis-py leaves **kwargs untyped
        settings.redis_url, socket_connect_timeout=REDIS_TIMEOUT_S, socket_timeout=REDIS_TIMEOUT_S
    )
    async with (
        redis,
        create_pool(settings.database_url, size_max=POOL_SIZE_MAX) as pool,
        Publisher(redis, APPENDED) as appended,
        Writer(
            settings.database_url, on_commit=lambda position: appended.publish(str(position).encode())
        ) as writer,
    ):
        metrics.watch(writer, pool, streams)
        score_cache = ScoreCache(pool)
        ratings = LiveRatings(pool)
        live = LiveScores(score_cache, ratings)

        listener = asyncio.create_task(hear_folds(redis, score_cache, live), name="hear folds")
        dependencies.provide(pool, redis, writer, score_cache, live, streams, PastRatings(), metrics)
        try:
            async with ratings, live:
                yield
        finally:
            await end(listener)
