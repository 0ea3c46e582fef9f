"""Server-sent events: documents as they change, while somebody listens (WHATWG HTML, section 9.2)."""

import random
from asyncio import Task, create_task
from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing, contextmanager
from typing import Final

from litestar.types import HTTPResponseBodyEvent, HTTPResponseStartEvent, Receive, Scope, Send

from events.ids import Position
from events.tasks import end
from service.http.problems import TooManyStreamsError

EVENT_STREAM: Final = "text/event-stream"

SIGN_OF_LIFE: Final = b":\n\n"
"""A comment, which clients skip; it keeps whoever stands in between from giving the connection up."""

SILENCE_S_MAX: Final = 15.0
"""Longest time without an event or a sign of life."""

RETRY_MS: Final = (500, 2_500)
"""Shortest and longest time after which clients are told to come back. Drawn for each, so that not all who
lost their stream in one moment come in one moment."""

STREAMS_MAX: Final = 5_000
"""Streams that one process keeps open."""

_START: Final[HTTPResponseStartEvent] = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", EVENT_STREAM.encode()),
        # A compressor in between would hold events back until it has a block full of them,
        (b"cache-control", b"no-cache, no-transform"),
        # and a proxy until its buffer is.
        (b"x-accel-buffering", b"no"),
    ],
}


def written(position: Position, document: bytes) -> bytes:
    """Write a document, which is on one line, as the event of a position."""
    return b"id: %d\ndata: %s\n\n" % (position, document)


def named(event: str, document: bytes) -> bytes:
    """Write a document, which is on one line, as an event of a name; it leaves the client's last id alone."""
    return b"event: %s\ndata: %s\n\n" % (event.encode(), document)


class Streams:
    """The streams that are open in one process.

    Attributes:
        open: How many there are.
        ending: Whether all are to end: the process will.
    """

    def __init__(self) -> None:
        self.open = 0
        self.ending = False
        self._sending: set[Task[None]] = set()

    def end(self) -> None:
        """End them all in good order, since none would by itself; whoever listens comes again."""
        self.ending = True
        for task in self._sending:
            task.cancel()

    @contextmanager
    def place(self) -> Generator[None]:
        """Take one of the places.

        Raises:
            TooManyStreamsError: none is left.
        """
        if self.open >= STREAMS_MAX:
            message = f"This process keeps {STREAMS_MAX:,} streams open already."
            raise TooManyStreamsError(message)
        self.open += 1
        try:
            yield
        finally:
            self.open -= 1

    def note(self, sending: Task[None]) -> None:
        """Remember a task that sends, until it is done."""
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)


class EventStream:
    """An answer that goes on: until no more will come, the listener leaves, or the process ends.

    Args:
        streams: Those of the process.
        parts: Yields what is to be sent, at the latest after `SILENCE_S_MAX` a `SIGN_OF_LIFE`. What it raises
            before its first part is answered in place of the stream.
    """

    def __init__(self, streams: Streams, parts: AsyncGenerator[bytes]) -> None:
        self._streams = streams
        self._parts = parts

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Send it (ASGI)."""
        with self._streams.place():
            async with aclosing(self._parts):
                first = await anext(self._parts)
                sending = create_task(self._send(first, send), name="send a stream")
                self._streams.note(sending)
                try:
                    await _over(receive)
                finally:
                    await end(sending)
                if not sending.cancelled():
                    sending.result()

    async def _send(self, first: bytes, send: Send) -> None:
        retry_ms = random.randint(*RETRY_MS)  # noqa: S311 - nobody gains by guessing it
        await send(_START)
        try:
            await send(_part(b"retry: %d\n\n%s" % (retry_ms, first)))
            if not self._streams.ending:
                async for part in self._parts:
                    await send(_part(part))
        finally:
            await send(_part(b"", more=False))


def _part(body: bytes, *, more: bool = True) -> HTTPResponseBodyEvent:
    return {"type": "http.response.body", "body": body, "more_body": more}


async def _over(receive: Receive) -> None:
    # This message comes when the listener has left, and also when all has been sent (ASGI, "Disconnect").
    while (await receive())["type"] != "http.disconnect":
        pass
