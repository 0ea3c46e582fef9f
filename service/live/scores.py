"""Sends scores to their subscribers: each change is read and encoded once, for any number of subscribers.

Hints say which scores a fold has changed. Hints may be lost, so a tool that has subscribers is also read
again when `RECHECK_S` have passed since the last read.
"""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import AsyncGenerator, Collection, Sequence
from itertools import chain, takewhile
from time import monotonic
from typing import Final, Self

import structlog

from events.ids import Position, SubjectId, tool_subject
from events.log.connection import LOST
from events.tasks import end
from service.commands.refusals import UnknownToolError
from service.http.sse import written
from service.live.ratings import LiveRatings
from service.live.score_cache import CachedScore, ScoreCache
from service.live.subscribers import Subscriber, ToolSubscribers

PACE_S: Final = 0.25
"""Shortest time between two changes of a tool's score that are sent; the first is sent at once."""

RECHECK_S: Final = 1.0
READ_TIMEOUT_S: Final = 10.0
REST_S: Final = 0.02
"""Shortest time between two reads, so that hints that arrive together are served by one read."""

WAKE_S: Final = 0.25
RETRY_S: Final = 0.5
TOOLS_PER_READ_MAX: Final = 1_000
ANY: Final = Position(0)

_log: Final = structlog.get_logger(__name__)


class LiveScores:
    """The subscribers of scores in one API process. Use it as `async with LiveScores(...)`."""

    def __init__(self, score_cache: ScoreCache, ratings: LiveRatings) -> None:
        self._score_cache = score_cache
        self._ratings = ratings
        self._by_tool: OrderedDict[SubjectId, ToolSubscribers] = OrderedDict()
        self._changed: set[SubjectId] = set()
        self._hinted = asyncio.Event()
        self._reading = asyncio.Lock()
        self._task: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="follow scores")
        return self

    async def __aexit__(self, *_: object) -> None:
        await end(self._task)

    def on_folded(self, subjects: Collection[SubjectId] | None) -> None:
        """Read the scores that a fold has changed. The score cache must have dropped them before.

        Args:
            subjects: The tools whose scores changed; None if any may have changed.
        """
        known = self._by_tool.keys()
        self._changed.update(known if subjects is None else known & subjects)
        self._hinted.set()

    async def follow(
        self, slugs: Sequence[str], *, after: Position, context: str | None = None
    ) -> AsyncGenerator[bytes]:
        """Yield the scores of different tools as events: first all of them, then each one that changed.

        A client that comes back gets all scores first, too, because no position tells what it has missed: a
        replay, a repair or a tool released from quarantine changes scores without a new event.

        Args:
            slugs: The slugs of the tools.
            after: The last position that the client has seen. It gets no earlier state if a later one can be
                read.
            context: Sends events about new fits of ratings in this context, too; None sends none.

        Raises:
            UnknownToolError: One of the tools is not listed. A tool that is delisted later falls silent.
        """
        subscriber = Subscriber()
        tools = [self._subscribe(slug, subscriber) for slug in slugs]
        try:
            first = await self._read_all(tools, after=after)
            subscriber.clear()  # those events are older than `first`
            if context is not None:
                self._ratings.subscribe(context, subscriber)
            yield b"".join(written(score.position, score.document) for score in first)
            while True:
                yield await subscriber.take()
        finally:
            for tool in tools:
                self._unsubscribe(tool, subscriber)
            if context is not None:
                self._ratings.unsubscribe(context, subscriber)

    def _subscribe(self, slug: str, subscriber: Subscriber) -> ToolSubscribers:
        tool = self._by_tool.setdefault(tool_subject(slug), ToolSubscribers(slug))
        tool.subscribers.add(subscriber)
        return tool

    def _unsubscribe(self, tool: ToolSubscribers, subscriber: Subscriber) -> None:
        tool.subscribers.discard(subscriber)
        if not tool.subscribers:
            self._by_tool.pop(tool_subject(tool.slug), None)

    async def _read_all(self, tools: Sequence[ToolSubscribers], *, after: Position) -> list[CachedScore]:
        if not all(tool.has_reached(after) for tool in tools):
            async with self._reading:
                behind = [tool for tool in tools if not tool.has_reached(after)]
                await self._read(behind, after=after)
        scores: list[CachedScore] = []
        for tool in tools:
            if tool.newest is None:
                raise UnknownToolError(tool.slug)
            scores.append(tool.newest)
        return sorted(scores, key=lambda score: score.position)

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(REST_S if self._changed else WAKE_S):
                    await self._hinted.wait()
            self._hinted.clear()
            try:
                async with self._reading:
                    await self._read(self._due(monotonic()), after=ANY)
            except LOST as error:
                _log.warning("scores cannot be followed; trying again", error=repr(error))
                await asyncio.sleep(RETRY_S)
            except Exception:  # noqa: BLE001 - see below
                # A defect must not silence all streams: the next read may succeed.
                _log.exception("following scores met a defect; trying again")
                await asyncio.sleep(RETRY_S)
            await asyncio.sleep(REST_S)

    def _due(self, now: float) -> list[ToolSubscribers]:
        """Choose the tools that changed and whose pace allows another event, then those read longest ago."""
        self._changed &= self._by_tool.keys()
        changed = [self._by_tool[subject_id] for subject_id in self._changed]
        due = [tool for tool in changed if tool.resting_since + PACE_S <= now][:TOOLS_PER_READ_MAX]
        self._changed.difference_update(tool_subject(tool.slug) for tool in due)
        stale = takewhile(lambda tool: tool.read_at + RECHECK_S <= now, self._by_tool.values())
        return list(dict.fromkeys(chain(due, stale)))[:TOOLS_PER_READ_MAX]

    async def _read(self, tools: Sequence[ToolSubscribers], *, after: Position) -> None:
        if not tools:
            return
        async with asyncio.timeout(READ_TIMEOUT_S):
            found = await self._score_cache.get_listed([tool.slug for tool in tools], after=after)
        now = monotonic()
        for tool in tools:
            tool.update(found.get(tool.slug), now=now)
            subject_id = tool_subject(tool.slug)
            if subject_id in self._by_tool:
                self._by_tool.move_to_end(subject_id)  # the order is by `read_at`
                if not tool.is_settled:
                    self._changed.add(subject_id)
