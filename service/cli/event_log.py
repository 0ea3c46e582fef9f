"""Writes to the event log from a command, and waits for the read models afterwards."""

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

REDIS_CONNECT_TIMEOUT_S: Final = 2
CONNECTIONS_MAX: Final = 2


def open_redis(redis_url: str) -> Redis:
    """Return a client that gives up connecting soon: a command also works without Redis."""
    return Redis.from_url(redis_url, socket_connect_timeout=REDIS_CONNECT_TIMEOUT_S)  # pyright: ignore[reportUnknownMemberType]


@asynccontextmanager
async def open_writer(urls: ServerUrls) -> AsyncGenerator[Writer]:
    """Open a writer that tells a running service of its commits. At the end it commits what still waits."""
    async with (
        open_redis(urls.redis_url) as redis,
        Publisher(redis, APPENDED) as appended,
        Writer(
            urls.database_url,
            on_commit=lambda position: appended.publish(str(position).encode()),
            streams_cached_max=0,  # an import seldom needs a stream twice
        ) as writer,
    ):
        yield writer


async def catch_up_with_progress(database_url: str) -> None:
    """Fold until every read model has reached the current head, and show the progress."""
    async with create_pool(database_url, size_max=CONNECTIONS_MAX) as pool:
        async with pool.acquire() as connection:
            head = await read_head(connection)
        begin = min((await checkpoints(pool)).values())
        if begin >= head:
            return
        with progress("catching up", total=head - begin, unit="events") as report:
            async for reached in reach(pool, head):
                done = sum(reached.values()) // len(reached) - begin
                report(max(0, done), max(0, done))
