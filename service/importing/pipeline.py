"""Reads the next batch of rows while earlier batches are being committed."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, Generic

from msgspec import Struct

from events.facts import ToolEntry
from events.ids import Position
from events.log import sql
from events.log.commands import Answer, Appended, Command, Refusal
from events.log.connection import Pool
from events.log.writer import Writer
from service.commands.catalogue import EnsureTool
from service.importing.kinds import FileKind
from service.importing.naming import Naming
from service.importing.records import Records
from service.importing.rejects import RejectReason, Rejects, reason_of
from service.importing.rows import ChoiceT, FileRow, RowReader
from service.importing.source import BROKEN

BATCH_ROWS_MAX: Final = 10_000
IN_FLIGHT_MAX: Final = 2
CATEGORY: Final = "imported"


class ImportCounts(Struct):
    """The progress of an import.

    Attributes:
        line: Everything up to this line of the file is committed.
        replaced: How many of the changed ones replaced an earlier one, if the kind of file counts that.
        position: The position of the last event that was appended; 0 before the first.
    """

    line: int = 1
    changed: int = 0
    replaced: int = 0
    unchanged: int = 0
    tools: int = 0
    position: Position = Position(0)


class CommandBatch(Struct):
    """Commands on their way to the log.

    Attributes:
        lines: The line of each command; 0 for a command that lists a tool.
    """

    lines: list[int]
    answers: "asyncio.Future[list[Answer]]"
    last_line: int


class Pipeline(Generic[ChoiceT]):
    """Imports the rows of one file.

    Attributes:
        counts: What has been done so far.
        stop: Set it to end after the batches in flight.
    """

    def __init__(
        self,
        kind: FileKind[ChoiceT],
        reader: RowReader[ChoiceT],
        rejects: Rejects,
        *,
        writer: Writer,
        pool: Pool,
        create_tools: bool,
    ) -> None:
        """Write through the writer, and read through the pool."""
        self._make_commands = kind.new_maker()
        self._replaces = kind.replaces
        self._reader = reader
        self._rejects = rejects
        self._writer = writer
        self._pool = pool
        self._create_tools = create_tools
        self.naming = Naming(pool, create=create_tools)
        self._in_flight: deque[CommandBatch] = deque()
        self._ensured: set[str] = set()
        self._failed = False
        self.counts = ImportCounts()
        self.stop = False

    async def run(self, records: Records, *, on_block: Callable[[], None]) -> None:
        """Import until the file ends or `stop` is set, and wait for the batches in flight.

        Raises:
            Refusal: The log cannot be written; `counts` says what was imported.
            EOFError, OSError, zlib.error: The file is `BROKEN`; the rows before the damage are imported.
        """
        rows: list[FileRow[ChoiceT]] = []
        try:
            for block in records:
                rows += self._reader.read(block)
                if len(rows) >= BATCH_ROWS_MAX:
                    await self._submit(rows)
                    rows = []
                    await self._settle(IN_FLIGHT_MAX - 1)
                on_block()
                await asyncio.sleep(0)  # let the writer run first: everything waits for its statements
                if self.stop:
                    return
            await self._submit(rows)
        except BROKEN:
            await self._submit(rows)
            raise
        finally:
            await self._settle(0)
            on_block()

    async def _submit(self, rows: Sequence[FileRow[ChoiceT]]) -> None:
        await self.naming.learn(tool for row in rows for tool in row[1])
        commands: list[Command] = []
        lines: list[int] = []
        for line, command, tools in self._make_commands(rows, self.naming.slugs):
            if isinstance(command, RejectReason):
                self._rejects.add(line, command)
                continue
            if self._create_tools:
                for slug in tools:
                    if slug not in self._ensured:
                        self._ensured.add(slug)
                        commands.append(EnsureTool(_entry(slug, self.naming.owners[slug])))
                        lines.append(0)
            commands.append(command)
            lines.append(line)
        answers = self._writer.submit(commands)
        self._in_flight.append(CommandBatch(lines, answers, self._reader.last_line))

    async def _settle(self, in_flight_max: int) -> None:
        while len(self._in_flight) > in_flight_max:
            batch = self._in_flight.popleft()
            try:
                answers = await batch.answers
            except Refusal:
                self._failed = True  # a later batch may still succeed, but `counts.line` stays before the gap
                raise
            changed = self._count(batch, answers)
            if self._replaces is not None:
                type_ = self._replaces.__name__
                self.counts.replaced += await self._pool.fetchval(sql.count_replacing, changed, type_)

    def _count(self, batch: CommandBatch, answers: Sequence[Answer]) -> list[Position]:
        """Count the answers of a batch; return the positions of the events that its rows appended."""
        counts = self.counts
        changed: list[Position] = []
        for line, answer in zip(batch.lines, answers, strict=True):
            if isinstance(answer, Appended):
                if not answer.changed:
                    counts.unchanged += line > 0
                    continue
                counts.position = answer.position
                if line:
                    counts.changed += 1
                    changed.append(answer.position)
                else:
                    counts.tools += 1
            elif isinstance(answer, Refusal):
                self._rejects.add(line, reason_of(answer))
            else:
                raise answer
        if not self._failed:
            counts.line = batch.last_line
        return changed


def _entry(slug: str, name: str) -> ToolEntry:
    return ToolEntry(
        slug=slug,
        name=name,
        vendor="",
        category=CATEGORY,
        tagline="",
        description="",
        homepage="",
        pricing=None,
    )
