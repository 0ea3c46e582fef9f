"""Keeps score documents in memory: read once, sent many times, dropped when a fold has changed them.

Hints say which tools' scores a fold has changed. Hints may be lost, so a cached score is also read again
after `SCORE_FRESH_S`, and a reader that waits for a position looks for it at least every `SCORE_POLL_S`.
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
from projections.scores import ScoreReading, read_current_score, read_scores
from service.commands.refusals import UnknownToolError
from service.http.problems import NotCaughtUpError
from service.http.response import Response, encode, not_modified

SCORE_FRESH_S: Final = 1.0
SCORE_POLL_S: Final = 0.25
SCORE_WAIT_S_MAX: Final = 10.0
SCORES_CACHED_MAX: Final = 10_000


class CachedScore(Struct, frozen=True):
    """A score that is ready to be sent.

    Attributes:
        settled: Whether it counts no event above its position. It may count some while the read models have
            reached different positions.
    """

    position: Position
    settled: bool
    etag: bytes
    response: Response
    not_modified: Response
    fresh_until: float

    @property
    def document(self) -> bytes:
        """The score as JSON, on one line."""
        return self.response.body


class ScoreCache:
    """The scores of one API process."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._scores: OrderedDict[SubjectId, CachedScore] = OrderedDict()
        self._reads: dict[str, asyncio.Task[tuple[ScoreReading, CachedScore | None]]] = {}
        self._moved = asyncio.Event()
        self._hints = 0

    async def get(self, slug: str, *, after: Position) -> CachedScore:
        """Return a tool's score at `after` or later. Wait up to `SCORE_WAIT_S_MAX` for it.

        Raises:
            UnknownToolError: The tool is not listed at that position.
            NotCaughtUpError: The position was not reached in time.
        """
        if (score := self._cached(slug, after)) is not None:
            return score
        deadline = monotonic() + SCORE_WAIT_S_MAX
        while True:
            moved = self._moved
            reading, score = await self._read_once(slug)
            if reading.position >= after:
                if score is None:
                    raise UnknownToolError(slug)
                return score
            if monotonic() >= deadline:
                message = f"The scores did not reach position {after} within {SCORE_WAIT_S_MAX:.0f} seconds."
                raise NotCaughtUpError(message)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(moved.wait(), SCORE_POLL_S)

    async def get_listed(self, slugs: Sequence[str], *, after: Position) -> dict[str, CachedScore]:
        """Return the scores of the tools that are listed; one query reads all that are not cached.

        A cached score from before `after` is read again, but nobody waits for that position.
        """
        found = {slug: self._cached(slug, after) for slug in slugs}
        wanted = [slug for slug, cached in found.items() if cached is None]
        if wanted:
            hints = self._hints
            for slug, reading in zip(wanted, await read_scores(self._pool, wanted), strict=True):
                found[slug] = self._cache(slug, reading, hints)
        return {slug: score for slug, score in found.items() if score is not None}

    def on_folded(self, subjects: Collection[SubjectId] | None) -> None:
        """Drop the scores that a fold has changed, and wake readers that wait for a position.

        Args:
            subjects: The tools whose scores changed; None if any may have changed.
        """
        if subjects is None:
            self._scores.clear()
        else:
            for subject_id in subjects:
                self._scores.pop(subject_id, None)
        self._hints += 1
        self._moved.set()
        self._moved = asyncio.Event()

    def _cached(self, slug: str, after: Position) -> CachedScore | None:
        score = self._scores.get(tool_subject(slug))
        fits = score is not None and score.position >= after and monotonic() < score.fresh_until
        return score if fits else None

    async def _read_once(self, slug: str) -> tuple[ScoreReading, CachedScore | None]:
        # Requests for one score at the same time share one query.
        task = self._reads.get(slug)
        if task is None:
            task = self._reads[slug] = asyncio.create_task(self._read(slug))
            task.add_done_callback(lambda _: self._reads.pop(slug, None))
        return await asyncio.shield(task)

    async def _read(self, slug: str) -> tuple[ScoreReading, CachedScore | None]:
        hints = self._hints
        reading = await read_current_score(self._pool, slug)
        return reading, self._cache(slug, reading, hints)

    def _cache(self, slug: str, reading: ScoreReading, hints: int) -> CachedScore | None:
        if reading.score is None:
            return None
        # Weak, since it leaves out `position`: a client with this revision lacks only the newest position.
        etag = b'W/"' + reading.revision.encode() + b'"'
        headers = ((b"etag", etag), (b"cache-control", b"no-cache"))
        score = CachedScore(
            position=reading.position,
            settled=reading.counted <= reading.position,
            etag=etag,
            response=Response(encode(reading.score), headers=headers),
            not_modified=not_modified(etag),
            fresh_until=monotonic() + SCORE_FRESH_S,
        )
        # A hint that came during the read may be about this score: return the score, but do not cache it.
        if hints == self._hints:
            self._scores[tool_subject(slug)] = score
            while len(self._scores) > SCORES_CACHED_MAX:
                self._scores.popitem(last=False)
        return score
