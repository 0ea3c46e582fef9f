"""Follows the ratings that somebody listens to: which fit of a context's ratings is the current one.

A fit comes a second or two after what was preferred, and concerns all tools. So what is told is that it is
there, and whoever listens reads what they need of it.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Final, Self

import msgspec
import structlog

from events.log.connection import LOST, Pool
from events.tasks import end
from projections.ratings.storing import Fit, read_fits
from service.http.sse import named
from service.live.subscribers import Subscriber

LOOK_S: Final = 0.5
LOOK_S_MAX: Final = 10.0
EVENT: Final = "ratings"

_encode: Final = msgspec.json.Encoder().encode
_log: Final = structlog.get_logger(__name__)


class LiveRatings:
    """The fits that are listened to in one API process. Use it as `async with LiveRatings(...)`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._listeners: defaultdict[str, set[Subscriber]] = defaultdict(set)
        self._fits: dict[str, Fit] = {}
        self._task: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="follow ratings")
        return self

    async def __aexit__(self, *_: object) -> None:
        await end(self._task)

    def join(self, context: str, listener: Subscriber) -> None:
        """Tell a listener of each new fit in a context, and at once of the one that is known."""
        self._listeners[context].add(listener)
        if fit := self._fits.get(context):
            listener.put(f"{EVENT}/{fit.context}", _event(fit))

    def leave(self, context: str, listener: Subscriber) -> None:
        """Tell a listener nothing more."""
        listeners = self._listeners[context]
        listeners.discard(listener)
        if not listeners:
            del self._listeners[context]

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            if not self._listeners:
                self._fits.clear()
                continue
            try:
                async with asyncio.timeout(LOOK_S_MAX):
                    fits = await read_fits(self._pool)
            except LOST as error:
                _log.warning("ratings cannot be followed; trying again", error=repr(error))
                continue
            self._tell(fits)

    def _tell(self, fits: Sequence[Fit]) -> None:
        for fit in fits:
            if self._fits.get(fit.context) != fit:
                self._fits[fit.context] = fit
                for listener in self._listeners.get(fit.context, ()):
                    listener.put(f"{EVENT}/{fit.context}", _event(fit))


def _event(fit: Fit) -> bytes:
    return named(EVENT, _encode(fit))
