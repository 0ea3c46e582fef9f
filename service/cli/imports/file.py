"""Imports one file, whatever its kind."""

import asyncio
import signal
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Generic

import click
import uvloop
from msgspec import Struct

from events.log.commands import Refusal
from events.log.connection import create_pool
from service.cli.event_log import catch_up_with_progress, open_writer
from service.cli.imports.report import ImportOutcome, report
from service.cli.output import configure_logs
from service.cli.progress import progress
from service.embedded.home import Home
from service.embedded.notes import note
from service.embedded.servers import ServerUrls, servers
from service.errors import ServersError
from service.importing.kinds import FileKind
from service.importing.pipeline import Pipeline
from service.importing.rejects import Rejects
from service.importing.rows import ChoiceT, Columns, RowReader
from service.importing.source import BROKEN, Source, broken, open_source
from service.server.garbage_collection import rare_collection
from service.server.migrate import migrate_database


class ImportOptions(Struct, Generic[ChoiceT], frozen=True, kw_only=True):
    """The caller's request: a file, the names of its columns, and the meaning of its choices."""

    file: Path
    kind: FileKind[ChoiceT]
    tools: tuple[str, ...]
    voter: str
    choice: str
    choices: dict[str, ChoiceT]
    context: str | None = None
    at: str | None
    create_tools: bool
    rejects: Path | None


def import_file(asked: ImportOptions[ChoiceT], home: Home) -> None:
    """Import the file, wait for the read models, and report.

    Raises:
        UnusableError: The file cannot be used, or is cut off in the middle.
        ServersError: The log could not be written.
        click.BadParameter: The rejects would overwrite the file.
        click.Abort: Ctrl-C was pressed.
    """
    _check_rejects(asked)
    configure_logs()
    with ExitStack() as stack:
        source = stack.enter_context(open_source(asked.file))
        columns = _columns(asked, source)
        file = asked.rejects and stack.enter_context(asked.rejects.open("w", encoding="utf-8", newline=""))
        rejects = Rejects(file or None)
        urls = stack.enter_context(servers(home))
        with rare_collection():
            outcome = uvloop.run(_import(asked, source, columns, rejects, urls))
        catching_up_s = _catch_up(outcome, urls.database_url)
    report(
        outcome,
        rejects,
        noun=asked.kind.noun,
        tells_replaced=asked.kind.replaces is not None,
        catching_up_s=catching_up_s,
    )
    if outcome.failure is not None:
        raise outcome.failure
    if outcome.interrupted:
        raise click.Abort


def _check_rejects(asked: ImportOptions[ChoiceT]) -> None:
    if asked.rejects is not None and asked.rejects.exists() and asked.rejects.samefile(asked.file):
        message = "this is the file to import"
        raise click.BadParameter(message, param_hint="'--rejects'")


def _columns(asked: ImportOptions[ChoiceT], source: Source) -> Columns[ChoiceT]:
    return Columns(
        width=len(source.columns),
        names=tuple(source.columns),
        tools=tuple(source.column(name) for name in asked.tools),
        voter=source.column(asked.voter),
        choice=source.column(asked.choice),
        choices=asked.choices,
        choice_is=asked.kind.choice_is,
        context=None if asked.context is None else source.column(asked.context),
        at=None if asked.at is None else source.column(asked.at),
    )


async def _import(
    asked: ImportOptions[ChoiceT],
    source: Source,
    columns: Columns[ChoiceT],
    rejects: Rejects,
    urls: ServerUrls,
) -> ImportOutcome:
    await migrate_database(urls.database_url)
    reader = RowReader(columns, rejects)
    began = time.monotonic()
    async with create_pool(urls.database_url, size_max=1) as pool, open_writer(urls) as writer:
        pipeline = Pipeline(
            asked.kind, reader, rejects, writer=writer, pool=pool, create_tools=asked.create_tools
        )
        outcome = ImportOutcome(pipeline.counts, pipeline.naming.numbered)
        with progress("importing", total=source.size, unit="rows") as show, _stopped_by_ctrl_c(pipeline):
            try:
                await pipeline.run(source.records, on_block=lambda: show(source.bytes_read(), reader.rows))
            except Refusal as refusal:
                outcome.failure = ServersError(refusal.detail)
            except BROKEN as error:
                outcome.failure = broken(source.path, error)
    outcome.interrupted = pipeline.stop
    outcome.rows = reader.rows
    outcome.seconds = time.monotonic() - began
    return outcome


@contextmanager
def _stopped_by_ctrl_c(pipeline: Pipeline[ChoiceT]) -> Generator[None]:
    """Let the first Ctrl-C end the import after the batches in flight, and the second one at once."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        pipeline.stop = True
        loop.remove_signal_handler(signal.SIGINT)

    loop.add_signal_handler(signal.SIGINT, stop)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)


def _catch_up(outcome: ImportOutcome, database_url: str) -> float:
    began = time.monotonic()
    if outcome.failure is None and not outcome.interrupted:
        try:
            asyncio.run(catch_up_with_progress(database_url))
        except KeyboardInterrupt:
            note("stopped while the scores were catching up; all rows are imported")
            outcome.interrupted = True
    return time.monotonic() - began
