"""Server-sent events: documents as they change, until no more will come (WHATWG HTML, section 9.2)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from litestar.types import HTTPResponseBodyEvent, HTTPResponseStartEvent, Receive, Scope, Send
from msgspec import Struct

EVENT_STREAM: Final = "text/event-stream"
SIGN_OF_LIFE: Final = b":\n\n"
"""A comment, which clients skip; it keeps whoever stands in between from giving the connection up."""

_START: Final[HTTPResponseStartEvent] = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", EVENT_STREAM.encode()),
        (b"cache-control", b"no-cache"),
        (b"x-accel-buffering", b"no"),
    ],
}


class Event(Struct, frozen=True):
    """A document on one line, and the position it is of."""

    position: int
    document: bytes


class EventStream:
    """An answer that goes on; Litestar sends it as it comes.

    Args:
        events: Yields None now and then while there is nothing to tell, so that it is noticed if nobody
            listens any more.
    """

    def __init__(self, events: AsyncIterator[Event | None]) -> None:
        self._events = events

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Send it (ASGI)."""
        await send(_START)
        leaving = asyncio.create_task(_leave(receive), name="notice that a listener left")
        try:
            async for event in self._events:
                if leaving.done():
                    return
                await send(_part(_written(event)))
            await send(_part(b"", more=False))
        except asyncio.CancelledError:
            # The server is ending and has waited for long enough; whoever listens comes again.
            await send(_part(b"", more=False))
        finally:
            leaving.cancel()


def _written(event: Event | None) -> bytes:
    return b"id: %d\ndata: %s\n\n" % (event.position, event.document) if event else SIGN_OF_LIFE


def _part(body: bytes, *, more: bool = True) -> HTTPResponseBodyEvent:
    return {"type": "http.response.body", "body": body, "more_body": more}


async def _leave(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
