"""`ostraka migrate`."""

import asyncio

import click
from rich_click import RichCommand

from service.cli.output import configure_logs
from service.server.migrate import migrate_database
from service.server.settings import read_url


@click.command("migrate", cls=RichCommand)
def command() -> None:
    """Bring the database at DATABASE_URL to this version's tables."""
    configure_logs()
    applied = asyncio.run(migrate_database(read_url("DATABASE_URL")))
    click.echo("\n".join(f"applied {name}" for name in applied) or "nothing to apply")
