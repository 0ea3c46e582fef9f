"""`ostraka migrate`."""

import asyncio

import click
from rich_click import RichCommand

from events.log.migrate import migrate
from service.preflight import check_database
from service.settings import read_url


@click.command(cls=RichCommand)
def command() -> None:
    """Bring the database at DATABASE_URL to this version's tables."""
    asyncio.run(_migrate(read_url("DATABASE_URL")))


async def _migrate(database_url: str) -> None:
    await check_database(database_url)
    await migrate(database_url)
