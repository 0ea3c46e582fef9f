"""What `ostraka import votes` does, and what it says about it."""

import asyncio
import signal
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

import click
import uvloop
from msgspec import Struct

from events.log.commands import Refusal
from events.log.connection import create_pool
from service.cli.log_access import catch_up, open_writer
from service.cli.progress import progress
from service.embedded.errors import ServersError
from service.embedded.home import Home
from service.embedded.notes import note
from service.embedded.servers import ServerUrls, servers
from service.garbage import rare_collection
from service.importing.naming import Naming
from service.importing.pipeline import Counts, Pipeline
from service.importing.rejects import Rejects, shown
from service.importing.source import BROKEN, Source, broken, open_source
from service.importing.votes import Columns, VoteReader
from service.migrating import migrate_database

NUMBERED_SHOWN_MAX: Final = 10


class VoteImport(Struct, frozen=True, kw_only=True):
    """What the caller asks for: a file, the names of its columns, and what its choices mean."""

    file: Path
    tool: str
    voter: str
    choice: str
    ship: str
    skip: str
    at: str | None
    create_tools: bool
    rejects: Path | None


class Outcome(Struct):
    """How an import ended, and why before the file's end, if it did."""

    counts: Counts
    numbered: dict[str, str]
    rows: int = 0
    seconds: float = 0.0
    failure: ServersError | None = None
    interrupted: bool = False


def import_votes(order: VoteImport, home: Home) -> None:
    """Import, let the read models catch up, and report.

    Raises:
        UnusableError: the file cannot be used, or is cut off in the middle.
        ServersError: the log could not be written.
        click.Abort: Ctrl-C was pressed.
    """
    with ExitStack() as stack:
        source = stack.enter_context(open_source(order.file))
        columns = _columns(order, source)
        file = order.rejects and stack.enter_context(order.rejects.open("w", encoding="utf-8", newline=""))
        rejects = Rejects(file or None)
        urls = stack.enter_context(servers(home))
        with rare_collection():
            outcome = uvloop.run(_import(order, source, columns, rejects, urls))
        catching_up_s = _catch_up(outcome, urls.database_url)
    _report(outcome, rejects, catching_up_s=catching_up_s)
    if outcome.failure is not None:
        raise outcome.failure
    if outcome.interrupted:
        raise click.Abort


def _columns(order: VoteImport, source: Source) -> Columns:
    return Columns(
        width=len(source.columns),
        names=tuple(source.columns),
        tool=source.column(order.tool),
        voter=source.column(order.voter),
        choice=source.column(order.choice),
        at=None if order.at is None else source.column(order.at),
        choices={order.ship: "ship", order.skip: "skip"},
    )


async def _import(
    order: VoteImport, source: Source, columns: Columns, rejects: Rejects, urls: ServerUrls
) -> Outcome:
    await migrate_database(urls.database_url)
    reader = VoteReader(columns, rejects)
    began = time.monotonic()
    async with create_pool(urls.database_url, size_max=1) as pool, open_writer(urls) as writer:
        naming = Naming(pool, create=order.create_tools)
        pipeline = Pipeline(writer, naming, reader, rejects)
        outcome = Outcome(pipeline.counts, naming.numbered)
        with progress("importing", total=source.size, unit="rows") as report, _stopped_by_ctrl_c(pipeline):
            try:
                await pipeline.run(
                    source.records,
                    create_tools=order.create_tools,
                    on_block=lambda: report(source.bytes_read(), reader.rows),
                )
            except Refusal as refusal:
                outcome.failure = ServersError(refusal.detail)
            except BROKEN as error:
                outcome.failure = broken(source.path, error)
    outcome.interrupted = pipeline.stop
    outcome.rows = reader.rows
    outcome.seconds = time.monotonic() - began
    return outcome


@contextmanager
def _stopped_by_ctrl_c(pipeline: Pipeline) -> Generator[None]:
    """Let the first Ctrl-C end the import after the batches in flight, and a second one at once."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        pipeline.stop = True
        loop.remove_signal_handler(signal.SIGINT)

    loop.add_signal_handler(signal.SIGINT, stop)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)


def _catch_up(outcome: Outcome, database_url: str) -> float:
    began = time.monotonic()
    if outcome.failure is None and not outcome.interrupted:
        try:
            asyncio.run(catch_up(database_url))
        except KeyboardInterrupt:
            note("stopped while the scores were catching up; the votes are all in")
            outcome.interrupted = True
    return time.monotonic() - began


def _report(outcome: Outcome, rejects: Rejects, *, catching_up_s: float) -> None:
    for line in rejects.report():
        note(line)
    for name, slug in islice(outcome.numbered.items(), NUMBERED_SHOWN_MAX):
        note(f"{shown(name)} stands under {slug}, since another name makes the same slug")
    if len(outcome.numbered) > NUMBERED_SHOWN_MAX:
        note(f"and {len(outcome.numbered) - NUMBERED_SHOWN_MAX:,} names more were numbered like that")
    counts = outcome.counts
    if outcome.failure is not None or outcome.interrupted:
        note(f"everything up to line {counts.line:,} is in; importing the file again is safe")
    click.echo(f"{outcome.rows:>12,} rows read")
    click.echo(f"{counts.changed:>12,} votes changed something")
    click.echo(f"{counts.unchanged:>12,} votes stood so already")
    click.echo(f"{rejects.rows:>12,} rows could not be used")
    click.echo(f"{counts.tools:>12,} tools were listed")
    click.echo(
        f"{outcome.seconds:>12,.1f} seconds, {outcome.rows / outcome.seconds:,.0f} rows/s; "
        f"then {catching_up_s:,.1f} seconds for the scores to catch up"
    )
    if not (counts.changed or counts.tools):
        click.echo("nothing changed")
