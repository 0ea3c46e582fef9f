"""Tells subscribers of each new fit of a context's ratings.

A fit follows a second or two after the preferences that changed it, and concerns all tools. So the event only
says that there is a new fit; the client reads the ratings that it needs.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Final, Self

import msgspec
import structlog

from events.log.connection import LOST, Pool
from events.tasks import end
from projections.ratings.storing import StoredFit, read_fits
from service.http.sse import named
from service.live.subscribers import Subscriber

FITS_POLL_S: Final = 0.5
FITS_TIMEOUT_S: Final = 10.0
RATINGS_EVENT: Final = "ratings"

_encode: Final = msgspec.json.Encoder().encode
_log: Final = structlog.get_logger(__name__)


class LiveRatings:
    """The subscribers of ratings in one API process. Use it as `async with LiveRatings(...)`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._subscribers: defaultdict[str, set[Subscriber]] = defaultdict(set)
        self._fits: dict[str, StoredFit] = {}
        self._task: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="follow ratings")
        return self

    async def __aexit__(self, *_: object) -> None:
        await end(self._task)

    def subscribe(self, context: str, subscriber: Subscriber) -> None:
        """Tell a subscriber of the current fit in a context, if one is known, and of each new one."""
        self._subscribers[context].add(subscriber)
        if fit := self._fits.get(context):
            subscriber.put(_key(fit), _event(fit))

    def unsubscribe(self, context: str, subscriber: Subscriber) -> None:
        """Tell a subscriber no more."""
        subscribers = self._subscribers[context]
        subscribers.discard(subscriber)
        if not subscribers:
            del self._subscribers[context]

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(FITS_POLL_S)
            if not self._subscribers:
                self._fits.clear()
                continue
            try:
                async with asyncio.timeout(FITS_TIMEOUT_S):
                    fits = await read_fits(self._pool)
            except LOST as error:
                _log.warning("ratings cannot be followed; trying again", error=repr(error))
                continue
            self._send_new(fits)

    def _send_new(self, fits: Sequence[StoredFit]) -> None:
        for fit in fits:
            if self._fits.get(fit.context) != fit:
                self._fits[fit.context] = fit
                for subscriber in self._subscribers.get(fit.context, ()):
                    subscriber.put(_key(fit), _event(fit))


def _key(fit: StoredFit) -> str:
    return f"{RATINGS_EVENT}/{fit.context}"


def _event(fit: StoredFit) -> bytes:
    return named(RATINGS_EVENT, _encode(fit))
