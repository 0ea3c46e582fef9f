"""Serves score documents from memory: read once, sent many times, dropped when a fold changed them.

Hints say which tools' scores changed. They may be lost, so what is in memory is also read anew after
`FRESH_S`, and who waits for a position looks for it at least every `LOOK_S`.
"""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Collection, Sequence
from time import monotonic
from typing import Final

from msgspec import Struct

from events.ids import Position, SubjectId, tool_subject
from events.log.connection import Pool
from projections.scores import ScoreReading, read_score, read_scores
from service.commands.refusals import UnknownToolError
from service.http.problems import NotCaughtUpError
from service.http.response import Response, encode, not_modified

FRESH_S: Final = 1.0
LOOK_S: Final = 0.25
WAIT_S_MAX: Final = 10.0
SCORES_CACHED_MAX: Final = 10_000


class Shown(Struct, frozen=True):
    """A score ready to be sent.

    Attributes:
        settled: Whether it counts nothing in that lies above its position, as it may while read models differ
            in how far they are.
    """

    position: Position
    settled: bool
    etag: bytes
    answer: Response
    unchanged: Response
    fresh_until: float

    @property
    def document(self) -> bytes:
        """The score as JSON, on one line."""
        return self.answer.body


class ScoreCache:
    """The scores of one API process."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._shown: OrderedDict[SubjectId, Shown] = OrderedDict()
        self._reading: dict[str, asyncio.Task[tuple[ScoreReading, Shown | None]]] = {}
        self._moved = asyncio.Event()
        self._hints = 0

    async def show(self, slug: str, *, after: Position) -> Shown:
        """Return a tool's score at `after` or later, waiting up to `WAIT_S_MAX` for it.

        Raises:
            UnknownToolError: no such tool is listed at that position.
            NotCaughtUpError: the position was not reached in time.
        """
        if (shown := self._kept(slug, after)) is not None:
            return shown
        deadline = monotonic() + WAIT_S_MAX
        while True:
            moved = self._moved
            reading, shown = await self._read(slug)
            if reading.position >= after:
                if shown is None:
                    raise UnknownToolError(slug)
                return shown
            if monotonic() >= deadline:
                message = f"The scores did not reach position {after} within {WAIT_S_MAX:.0f} seconds."
                raise NotCaughtUpError(message)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(moved.wait(), LOOK_S)

    async def show_listed(self, slugs: Sequence[str], *, after: Position) -> dict[str, Shown]:
        """Return the scores of those tools that are listed, by one look at those that are not in memory.

        A score in memory from before `after` is looked for anew, but that position is not waited for.
        """
        found = {slug: self._kept(slug, after) for slug in slugs}
        wanted = [slug for slug, kept in found.items() if kept is None]
        if wanted:
            hints = self._hints
            for slug, reading in zip(wanted, await read_scores(self._pool, wanted), strict=True):
                found[slug] = self._keep(slug, reading, hints)
        return {slug: shown for slug, shown in found.items() if shown is not None}

    def on_folded(self, subjects: Collection[SubjectId] | None) -> None:
        """Drop the scores that a fold has changed, None for any, and wake who waits for a position."""
        if subjects is None:
            self._shown.clear()
        else:
            for subject_id in subjects:
                self._shown.pop(subject_id, None)
        self._hints += 1
        self._moved.set()
        self._moved = asyncio.Event()

    def _kept(self, slug: str, after: Position) -> Shown | None:
        shown = self._shown.get(tool_subject(slug))
        fits = shown is not None and shown.position >= after and monotonic() < shown.fresh_until
        return shown if fits else None

    async def _read(self, slug: str) -> tuple[ScoreReading, Shown | None]:
        # Readers of one score share one look at the database.
        task = self._reading.get(slug)
        if task is None:
            task = self._reading[slug] = asyncio.create_task(self._look(slug))
            task.add_done_callback(lambda _: self._reading.pop(slug, None))
        return await asyncio.shield(task)

    async def _look(self, slug: str) -> tuple[ScoreReading, Shown | None]:
        hints = self._hints
        reading = await read_score(self._pool, slug)
        return reading, self._keep(slug, reading, hints)

    def _keep(self, slug: str, reading: ScoreReading, hints: int) -> Shown | None:
        if reading.score is None:
            return None
        # Weak, since it leaves out `position`: who has this revision has everything but the newest date.
        etag = b'W/"' + reading.revision.encode() + b'"'
        headers = ((b"etag", etag), (b"cache-control", b"no-cache"))
        shown = Shown(
            position=reading.position,
            settled=reading.counted <= reading.position,
            etag=etag,
            answer=Response(encode(reading.score), headers=headers),
            unchanged=not_modified(etag),
            fresh_until=monotonic() + FRESH_S,
        )
        # A hint that came meanwhile may have been about this very score: show it, but don't keep it.
        if hints == self._hints:
            self._shown[tool_subject(slug)] = shown
            while len(self._shown) > SCORES_CACHED_MAX:
                self._shown.popitem(last=False)
        return shown
