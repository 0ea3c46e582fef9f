"""`ostraka export`: writes the log for other programs."""

import asyncio
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click
from rich_click import RichCommand, RichGroup

from events.ids import POSITION_MAX, Position
from events.log.connection import Connection, create_pool
from events.log.describe import describe, encode_described
from events.log.reader import read_head
from service.cli import options
from service.cli.output import allow_closed_pipe, configure_logs
from service.cli.progress import Report, progress
from service.embedded.home import find_home
from service.embedded.servers import servers
from service.server.migrate import migrate_database


@click.group("export", cls=RichGroup)
def command() -> None:
    """Write the log to standard output."""


@command.command(cls=RichCommand)
@click.option(
    "--after",
    default=0,
    show_default=True,
    type=click.IntRange(0, POSITION_MAX),
    metavar="N",
    help="Start after this position.",
)
@click.option(
    "--to",
    type=click.IntRange(0, POSITION_MAX),
    metavar="N",
    help="Stop at this position.  [default: the log's last]",
)
@options.home
def events(*, after: int, to: int | None, home_folder: Path | None) -> None:
    """Write events as NDJSON, one a line, in order.

    The standing of an event is the one at the start of the export, even with --to. An event that this version
    cannot read is written with its data as stored, and an error.
    """
    if to is not None and to < after:
        message = f"{to} is before --after {after}"
        raise click.BadParameter(message, param_hint="'--to'")
    configure_logs()
    with allow_closed_pipe(), servers(find_home(home_folder)) as urls:
        asyncio.run(_export(urls.database_url, after=Position(after), to=to))


async def _export(database_url: str, *, after: Position, to: int | None) -> None:
    await migrate_database(database_url)
    async with create_pool(database_url, size_max=1) as pool, pool.acquire() as connection:
        head = await read_head(connection)
        end = head if to is None else Position(min(to, head))
        await _write(connection, after=after, to=end, head=head)


async def _write(connection: Connection, *, after: Position, to: Position, head: Position) -> None:
    with _progress(max(0, to - after)) as report:
        written = 0
        async for page in describe(connection, after=after, to=to, as_of=head):
            sys.stdout.buffer.write(b"".join([encode_described(event) + b"\n" for event in page]))
            written += len(page)
            report(page[-1].position - after, written)


def _progress(total: int) -> AbstractContextManager[Report]:
    """Show the progress, unless the events themselves are written to the terminal."""
    if sys.stdout.isatty():
        return nullcontext(lambda _done, _items: None)
    return progress("exporting", total=total, unit="events")
