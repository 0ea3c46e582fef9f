"""Reads the next batch while the ones before it are committed."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from events.facts import ToolEntry
from events.ids import Position
from events.log.commands import Answer, Appended, Command, Refusal
from events.log.writer import Writer
from service.commands.catalogue import EnsureTool
from service.commands.votes import CastVote
from service.importing.naming import Naming
from service.importing.records import Records
from service.importing.rejects import Reason, Rejects
from service.importing.source import BROKEN
from service.importing.votes import Vote, VoteReader

BATCH_VOTES_MAX: Final = 10_000
IN_FLIGHT_MAX: Final = 2
CATEGORY: Final = "imported"


class Counts(Struct):
    """What an import came to so far.

    Attributes:
        line: Up to this line of the file everything is committed.
        position: Of the last event that was appended, 0 before the first.
    """

    line: int = 1
    changed: int = 0
    unchanged: int = 0
    tools: int = 0
    position: Position = Position(0)


class Batch(Struct):
    """Commands on their way to the log. `lines` has an entry for each; 0 stands for a tool's."""

    lines: list[int]
    answers: "asyncio.Future[list[Answer]]"
    last_line: int


class Pipeline:
    """Moves one file's votes into the log.

    Attributes:
        counts: What came of it so far.
        stop: Set it to end after the batches in flight.
    """

    def __init__(self, writer: Writer, naming: Naming, reader: VoteReader, rejects: Rejects) -> None:
        self._writer = writer
        self._naming = naming
        self._reader = reader
        self._rejects = rejects
        self._in_flight: deque[Batch] = deque()
        self._ensured: set[str] = set()
        self._failed = False
        self.counts = Counts()
        self.stop = False

    async def run(self, records: Records, *, create_tools: bool, on_block: Callable[[], None]) -> None:
        """Import until the file ends or `stop` is set; what is in flight then is waited for.

        Raises:
            Refusal: the log cannot be written; `counts` says what is in.
            EOFError, OSError, zlib.error: the file is `BROKEN`; what was read before is in.
        """
        votes: list[Vote] = []
        try:
            for block in records:
                votes += self._reader.read(block)
                if len(votes) >= BATCH_VOTES_MAX:
                    await self._submit(votes, create_tools=create_tools)
                    votes = []
                    await self._settle(IN_FLIGHT_MAX - 1)
                on_block()
                await asyncio.sleep(0)  # the writer goes first: its statements are what all waits for
                if self.stop:
                    return
            await self._submit(votes, create_tools=create_tools)
        except BROKEN:
            await self._submit(votes, create_tools=create_tools)
            raise
        finally:
            await self._settle(0)
            on_block()

    async def _submit(self, votes: Sequence[Vote], *, create_tools: bool) -> None:
        await self._naming.learn(tool for _, tool, _, _, _ in votes)
        slugs = self._naming.slugs
        commands: list[Command] = []
        lines: list[int] = []
        for line, tool, voter, choice, at in votes:
            slug = slugs[tool]
            if isinstance(slug, Reason):
                self._rejects.add(line, slug)
                continue
            if create_tools and slug not in self._ensured:
                self._ensured.add(slug)
                commands.append(EnsureTool(_entry(slug, tool)))
                lines.append(0)
            commands.append(CastVote(tool=slug, account=voter, choice=choice, occurred_at=at))
            lines.append(line)
        answers = self._writer.submit(commands)
        self._in_flight.append(Batch(lines, answers, self._reader.last_line))

    async def _settle(self, in_flight_max: int) -> None:
        while len(self._in_flight) > in_flight_max:
            batch = self._in_flight.popleft()
            try:
                answers = await batch.answers
            except Refusal:
                self._failed = True  # a batch behind it may still succeed: `counts.line` stays before the gap
                raise
            self._count(batch, answers)

    def _count(self, batch: Batch, answers: Sequence[Answer]) -> None:
        counts = self.counts
        for line, answer in zip(batch.lines, answers, strict=True):
            if isinstance(answer, Appended):
                if not answer.changed:
                    counts.unchanged += line > 0
                    continue
                counts.position = answer.position
                if line:
                    counts.changed += 1
                else:
                    counts.tools += 1
            elif isinstance(answer, Refusal):
                self._rejects.add(line, Reason(answer.title, answer.detail.removesuffix(".")))
            else:
                raise answer
        if not self._failed:
            counts.line = batch.last_line


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
