"""Follows the scores that somebody listens to: one look and one encoding a change, however many listen.

Hints say which scores changed. They may be lost, so a tool that is listened to is also looked at when that
was not done for `LOOK_S`.
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
from service.live.score_cache import ScoreCache, Shown
from service.live.subscribers import Subscriber, ToolSubscribers

PACE_S: Final = 0.25
"""Shortest time from one change of a tool's score that is told to the next; the first goes at once."""

LOOK_S: Final = 1.0
LOOK_S_MAX: Final = 10.0
REST_S: Final = 0.02
"""Shortest time from one look to the next: hints that come together are looked into together."""

WAKE_S: Final = 0.25
RETRY_S: Final = 0.5
TOOLS_PER_LOOK_MAX: Final = 1_000
ANY: Final = Position(0)

_log: Final = structlog.get_logger(__name__)


class Live:
    """The scores that are listened to in one API process. Use it as `async with Live(...)`."""

    def __init__(self, score_cache: ScoreCache, ratings: LiveRatings) -> None:
        self._score_cache = score_cache
        self._ratings = ratings
        self._by_tool: OrderedDict[SubjectId, ToolSubscribers] = OrderedDict()
        self._changed: set[SubjectId] = set()
        self._hinted = asyncio.Event()
        self._looking = asyncio.Lock()
        self._task: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="follow scores")
        return self

    async def __aexit__(self, *_: object) -> None:
        await end(self._task)

    def on_folded(self, subjects: Collection[SubjectId] | None) -> None:
        """Look at what a fold has changed, None for anything; the score cache has to have dropped it."""
        known = self._by_tool.keys()
        self._changed.update(known if subjects is None else known & subjects)
        self._hinted.set()

    async def follow(
        self, slugs: Sequence[str], *, after: Position, context: str | None = None
    ) -> AsyncGenerator[bytes]:
        """Yield the scores of different tools as events: all of them first, then each that changed.

        All come first even to a client that had a stream before, since no position tells what it has missed:
        a replay, a repair or a tool that was set aside changes scores without an event above it.

        Args:
            slugs: Of the tools.
            after: The last position that the client has seen. It is shown no state before that if a later one
                can be read.
            context: Whose fits of ratings are told of between them; None tells of none.

        Raises:
            UnknownToolError: one of them is not listed. One that is delisted later falls silent.
        """
        listener = Subscriber()
        followed = [self._join(slug, listener) for slug in slugs]
        try:
            first = await self._show(followed, after=after)
            listener.clear()  # of what is older
            if context is not None:
                self._ratings.join(context, listener)
            yield b"".join(written(shown.position, shown.document) for shown in first)
            while True:
                yield await listener.take()
        finally:
            for subscribers in followed:
                self._leave(subscribers, listener)
            if context is not None:
                self._ratings.leave(context, listener)

    def _join(self, slug: str, listener: Subscriber) -> ToolSubscribers:
        subscribers = self._by_tool.setdefault(tool_subject(slug), ToolSubscribers(slug))
        subscribers.listeners.add(listener)
        return subscribers

    def _leave(self, subscribers: ToolSubscribers, listener: Subscriber) -> None:
        subscribers.listeners.discard(listener)
        if not subscribers.listeners:
            self._by_tool.pop(tool_subject(subscribers.slug), None)

    async def _show(self, followed: Sequence[ToolSubscribers], *, after: Position) -> list[Shown]:
        if not all(subscribers.has_seen(after) for subscribers in followed):
            async with self._looking:
                behind = [subscribers for subscribers in followed if not subscribers.has_seen(after)]
                await self._look(behind, after=after)
        shown: list[Shown] = []
        for subscribers in followed:
            if subscribers.shown is None:
                raise UnknownToolError(subscribers.slug)
            shown.append(subscribers.shown)
        return sorted(shown, key=lambda each: each.position)

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(REST_S if self._changed else WAKE_S):
                    await self._hinted.wait()
            self._hinted.clear()
            try:
                async with self._looking:
                    await self._look(self._due(monotonic()), after=ANY)
            except LOST as error:
                _log.warning("scores cannot be followed; trying again", error=repr(error))
                await asyncio.sleep(RETRY_S)
            except Exception:  # noqa: BLE001 - see below
                # A defect must not silence all streams: the next look may be fine.
                _log.exception("following scores met a defect; trying again")
                await asyncio.sleep(RETRY_S)
            await asyncio.sleep(REST_S)

    def _due(self, now: float) -> list[ToolSubscribers]:
        """Choose what has changed and may be told again, and what was looked at longest ago."""
        self._changed &= self._by_tool.keys()
        changed = [self._by_tool[subject_id] for subject_id in self._changed]
        due = [subscribers for subscribers in changed if subscribers.rested_at + PACE_S <= now][
            :TOOLS_PER_LOOK_MAX
        ]
        self._changed.difference_update(tool_subject(subscribers.slug) for subscribers in due)
        unseen = takewhile(lambda subscribers: subscribers.looked_at + LOOK_S <= now, self._by_tool.values())
        return list(dict.fromkeys(chain(due, unseen)))[:TOOLS_PER_LOOK_MAX]

    async def _look(self, followed: Sequence[ToolSubscribers], *, after: Position) -> None:
        if not followed:
            return
        async with asyncio.timeout(LOOK_S_MAX):
            found = await self._score_cache.show_listed([each.slug for each in followed], after=after)
        now = monotonic()
        for subscribers in followed:
            subscribers.learn(found.get(subscribers.slug), now=now)
            subject_id = tool_subject(subscribers.slug)
            if subject_id in self._by_tool:
                self._by_tool.move_to_end(subject_id)
                if not subscribers.is_settled:
                    self._changed.add(subject_id)
