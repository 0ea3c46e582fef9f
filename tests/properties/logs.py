"""A log of an example's own, and rulings on what stands in it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from events.facts import PreferenceFact, ReviewText, ReviewWithdrawn, VoteCast, VoteWithdrawn
from events.log.connection import Pool, create_pool
from events.log.writer import Writer
from tests.properties.orders import Judgement
from tests.support.database import copied_database
from tests.support.folds import whole_log
from tests.support.logs import open_writer

MODERATED = (VoteCast, VoteWithdrawn, PreferenceFact, ReviewText, ReviewWithdrawn)


@asynccontextmanager
async def new_log(server_url: str, template: str) -> AsyncGenerator[tuple[str, Pool, Sequence[Writer]]]:
    """Open a database, with two writers that have a memory of their own each."""
    async with (
        copied_database(server_url, template) as url,
        create_pool(url, size_max=2) as pool,
        open_writer(url) as left,
        open_writer(url) as right,
    ):
        yield url, pool, (left, right)


async def judge(pool: Pool, writer: Writer, judgements: Sequence[Judgement]) -> None:
    """Give rulings on any votes and reviews there are."""
    async with pool.acquire() as connection:
        log = await whole_log(connection)
    moderated = [event for event in log if isinstance(event.fact, MODERATED)]
    if moderated and judgements:
        await writer.submit([each.about(moderated) for each in judgements])
