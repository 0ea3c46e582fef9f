"""Serves score documents from memory: read once, sent many times, dropped when a fold changed them.

Hints say which tools' scores changed. They may be lost, so what is in memory is also read anew after
`FRESH_S`, and who waits for a position looks for it at least every `LOOK_S`.
"""

import asyncio
import contextlib
from collections import OrderedDict
from time import monotonic
from typing import Final

import msgspec
from msgspec import Struct

from events.ids import Position, SubjectId, tool_subject
from events.log.connection import Pool
from projections.scores import ScoreReading, read_score
from service.answers import Answer, encode, not_modified
from service.commands.refusals import UnknownToolError
from service.problems import NotCaughtUpError

FRESH_S: Final = 1.0
LOOK_S: Final = 0.25
WAIT_S_MAX: Final = 10.0
SCORES_CACHED_MAX: Final = 10_000

_decode_subjects: Final = msgspec.json.Decoder(list[SubjectId] | None).decode


class Shown(Struct, frozen=True):
    """A score ready to be sent."""

    position: Position
    etag: bytes
    answer: Answer
    unchanged: Answer
    fresh_until: float


class Scoreboard:
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
        shown = self._shown.get(tool_subject(slug))
        if shown is not None and shown.position >= after and monotonic() < shown.fresh_until:
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

    def on_folded(self, payload: bytes) -> None:
        """Drop the scores that a fold has changed, and wake who waits for a position."""
        subjects = _decode_subjects(payload)
        if subjects is None:
            self._shown.clear()
        else:
            for subject_id in subjects:
                self._shown.pop(subject_id, None)
        self._wake()

    def on_gap(self) -> None:
        """Drop everything: hints may have been missed."""
        self._shown.clear()
        self._wake()

    def _wake(self) -> None:
        self._hints += 1
        self._moved.set()
        self._moved = asyncio.Event()

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
        if reading.score is None:
            return reading, None
        # Weak, since it leaves out `position`: who has this revision has everything but the newest date.
        etag = b'W/"' + reading.revision.encode() + b'"'
        headers = ((b"etag", etag), (b"cache-control", b"no-cache"))
        shown = Shown(
            position=reading.position,
            etag=etag,
            answer=Answer(encode(reading.score), headers=headers),
            unchanged=not_modified(etag),
            fresh_until=monotonic() + FRESH_S,
        )
        # A hint that came meanwhile may have been about this very score: show it, but don't keep it.
        if hints == self._hints:
            self._shown[tool_subject(slug)] = shown
            while len(self._shown) > SCORES_CACHED_MAX:
                self._shown.popitem(last=False)
        return reading, shown
