"""How a command that is no API process writes to the log, and waits for the read models afterwards."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from redis.asyncio import Redis

from events.hints import APPENDED, Publisher
from events.log.connection import create_pool
from events.log.reader import read_head
from events.log.writer import Writer
from projections.catching_up import checkpoints, reach
from service.cli.progress import progress
from service.embedded.servers import ServerUrls

REDIS_TIMEOUT_S: Final = 2
POOL_SIZE_MAX: Final = 2


@asynccontextmanager
async def open_writer(urls: ServerUrls) -> AsyncGenerator[Writer]:
    """Open a writer that tells a running service of its commits; leaving commits what waits."""
    redis = Redis.from_url(urls.redis_url, socket_connect_timeout=REDIS_TIMEOUT_S)  # pyright: ignore[reportUnknownMemberType]
    async with (
        redis,
        Publisher(redis, APPENDED) as appended,
        Writer(
            urls.database_url,
            on_commit=lambda position: appended.publish(str(position).encode()),
            streams_cached_max=0,  # bulk work seldom meets a stream twice
        ) as writer,
    ):
        yield writer


async def catch_up(database_url: str) -> None:
    """Fold until every read model has reached the head as it is now, and show how far they are."""
    async with create_pool(database_url, size_max=POOL_SIZE_MAX) as pool:
        async with pool.acquire() as connection:
            head = await read_head(connection)
        begin = min((await checkpoints(pool)).values())
        if begin >= head:
            return
        with progress("catching up", total=head - begin, unit="events") as report:
            async for reached in reach(pool, head):
                done = sum(reached.values()) // len(reached) - begin
                report(max(0, done), max(0, done))
