"""Who listens to the score of a tool, and what is on its way to them."""

import asyncio
from typing import Final

from events.ids import Position
from service.http.sse import SIGN_OF_LIFE, SILENCE_S_MAX, written
from service.live.score_cache import Shown

NEVER: Final = float("-inf")


class Subscriber:
    """Documents on their way to one stream: of each tool the newest alone, however slowly they are taken."""

    __slots__ = ("_filled", "_waiting")

    def __init__(self) -> None:
        self._waiting: dict[str, bytes] = {}
        self._filled = asyncio.Event()

    def put(self, slug: str, event: bytes) -> None:
        """Lay a document ready, in place of an older one of the same tool."""
        self._waiting.pop(slug, None)  # the newest comes last, so ids never descend
        self._waiting[slug] = event
        self._filled.set()

    def clear(self) -> None:
        """Forget what lies ready."""
        self._waiting.clear()
        self._filled.clear()

    async def take(self) -> bytes:
        """Wait for documents and take them all; a sign of life, if none come for long."""
        try:
            async with asyncio.timeout(SILENCE_S_MAX):
                await self._filled.wait()
        except TimeoutError:
            return SIGN_OF_LIFE
        events = b"".join(self._waiting.values())
        self.clear()
        return events


class ToolSubscribers:
    """Those who listen to one tool.

    Attributes:
        shown: The newest score; None before the first look, and while the tool is not listed.
        looked_at: When the score was looked for last (monotonic).
    """

    __slots__ = ("_told", "_told_at", "listeners", "looked_at", "shown", "slug")

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.listeners: set[Subscriber] = set()
        self.shown: Shown | None = None
        self.looked_at = self._told_at = NEVER
        self._told: Shown | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the score counts nothing in that lies above its position."""
        return self.shown is None or self.shown.settled

    @property
    def rested_at(self) -> float:
        """Since when another look has been due, but for the pace: the last telling, or the last look."""
        return self._told_at if self.is_settled else self.looked_at

    def has_seen(self, position: Position) -> bool:
        """Tell whether the score is known at a position or later."""
        return self.shown is not None and self.shown.position >= position

    def learn(self, shown: Shown | None, *, now: float) -> None:
        """Take in what a look gave, and lay it ready for everyone if it is news."""
        self.looked_at = now
        if shown is not None and self.shown is not None and shown.position < self.shown.position:
            return  # kept in memory since before the last look
        self.shown = shown
        if shown is None or not self._is_news(shown):
            return
        if self._told is not None:
            self._told_at = now
        self._told = shown
        event = written(shown.position, shown.document)
        for listener in self.listeners:
            listener.put(self.slug, event)

    def _is_news(self, shown: Shown) -> bool:
        told = self._told
        return told is None or shown.etag != told.etag or (shown.settled and not told.settled)
