"""`ostraka worker`: becomes the worker's process, because this package may not import the worker's."""

import asyncio
import os
import sys

import click
from rich_click import RichCommand

from service.server.preflight import check_servers
from service.server.settings import read_url


@click.command("worker", cls=RichCommand)
def command() -> None:
    """Run the worker alone, against DATABASE_URL and REDIS_URL."""
    database_url, redis_url = read_url("DATABASE_URL"), read_url("REDIS_URL")
    asyncio.run(check_servers(database_url=database_url, redis_url=redis_url))
    os.execv(sys.executable, [sys.executable, "-P", "-m", "workers"])  # noqa: S606 - no shell is wanted
