"""A log of an example's own, and rulings on what stands in it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

from events.facts import PreferenceFact, ReviewText, ReviewWithdrawn, VoteCast, VoteWithdrawn
from events.log.connection import Pool, create_pool
from events.log.writer import Writer
from tests.properties.orders import Judgement
from tests.support.database import admin_connection, url_of
from tests.support.folds import whole_log
from tests.support.logs import open_writer

MODERATED = (VoteCast, VoteWithdrawn, PreferenceFact, ReviewText, ReviewWithdrawn)


@asynccontextmanager
async def new_log(server_url: str, template: str) -> AsyncGenerator[tuple[str, Pool, Sequence[Writer]]]:
    """Open a database, with two writers that have a memory of their own each."""
    name = f"example_{uuid4().hex}"
    url = url_of(server_url, name)
    async with admin_connection(server_url) as connection:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        async with (
            create_pool(url, size_max=2) as pool,
            open_writer(url) as left,
            open_writer(url) as right,
        ):
            yield url, pool, (left, right)
    finally:
        async with admin_connection(server_url) as connection:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def judge(pool: Pool, writer: Writer, judgements: Sequence[Judgement]) -> None:
    """Give rulings on any votes and reviews there are."""
    async with pool.acquire() as connection:
        log = await whole_log(connection)
    moderated = [event for event in log if isinstance(event.fact, MODERATED)]
    if moderated and judgements:
        await writer.submit([each.about(moderated) for each in judgements])
