"""The subscribers to the score of a tool, and the events that wait for each of them."""

import asyncio
from typing import Final

from events.ids import Position
from service.http.sse import SIGN_OF_LIFE, SILENCE_S_MAX, written
from service.live.score_cache import CachedScore

NEVER: Final = float("-inf")


class Subscriber:
    """The events that wait for one stream: only the newest of each key, however slowly the client reads."""

    __slots__ = ("_filled", "_waiting")

    def __init__(self) -> None:
        self._waiting: dict[str, bytes] = {}
        self._filled = asyncio.Event()

    def put(self, key: str, event: bytes) -> None:
        """Add an event. It replaces one of the same key that still waits."""
        self._waiting.pop(key, None)  # the newest comes last, so ids never descend
        self._waiting[key] = event
        self._filled.set()

    def clear(self) -> None:
        """Drop the events that wait."""
        self._waiting.clear()
        self._filled.clear()

    async def take(self) -> bytes:
        """Wait for events and take them all; return a sign of life if none comes within `SILENCE_S_MAX`."""
        try:
            async with asyncio.timeout(SILENCE_S_MAX):
                await self._filled.wait()
        except TimeoutError:
            return SIGN_OF_LIFE
        events = b"".join(self._waiting.values())
        self.clear()
        return events


class ToolSubscribers:
    """The subscribers of one tool.

    Attributes:
        newest: The newest score that was read; None before the first read, and while the tool is not listed.
        read_at: When the score was last read (monotonic).
    """

    __slots__ = ("_sent", "_sent_at", "newest", "read_at", "slug", "subscribers")

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.subscribers: set[Subscriber] = set()
        self.newest: CachedScore | None = None
        self.read_at = self._sent_at = NEVER
        self._sent: CachedScore | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the newest score counts no event above its position."""
        return self.newest is None or self.newest.settled

    @property
    def resting_since(self) -> float:
        """The time from which the pace of sending is counted: the last send, or else the last read."""
        return self._sent_at if self.is_settled else self.read_at

    def has_reached(self, position: Position) -> bool:
        """Return whether the newest score is of a position or later."""
        return self.newest is not None and self.newest.position >= position

    def update(self, score: CachedScore | None, *, now: float) -> None:
        """Take in the score that was read, and send it to all subscribers if it is news."""
        self.read_at = now
        if score is not None and self.newest is not None and score.position < self.newest.position:
            return  # it was cached before the last read
        self.newest = score
        if score is None or not self._is_news(score):
            return
        if self._sent is not None:
            self._sent_at = now
        self._sent = score
        event = written(score.position, score.document)
        for subscriber in self.subscribers:
            subscriber.put(self.slug, event)

    def _is_news(self, score: CachedScore) -> bool:
        sent = self._sent
        return sent is None or score.etag != sent.etag or (score.settled and not sent.settled)
