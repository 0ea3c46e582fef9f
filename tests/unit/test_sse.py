"""Server-sent events as an ASGI server sees them: how a stream begins, and every way in which it ends."""

import asyncio
import re
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from events.ids import Position
from service.http import sse
from service.http.problems import TooManyStreamsError
from service.http.sse import EventStream, Streams, written


class Client:
    """The server's side of one request. Like a server it says "disconnect" when all is sent, too."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.heard = asyncio.Event()
        self.gone = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:  # noqa: ANN401 - any message of ASGI
        self.sent.append(message)
        self.heard.set()
        if message["type"] == "http.response.body" and not message["more_body"]:
            self.gone.set()

    async def listen(self, stream: EventStream) -> None:
        """Ask for a stream, and listen until it ends."""
        await stream({}, self.receive, self.send)  # pyright: ignore[reportArgumentType] - a stream looks at no scope

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.sent[1:])

    @property
    def is_complete(self) -> bool:
        return [message.get("more_body") for message in self.sent].count(False) == 1


class Source:
    """A stream: its parts, and then an end, or silence, or an error."""

    def __init__(self, *parts: bytes, then: str = "end") -> None:
        self._parts = parts
        self._then = then
        self.closed = False

    async def parts(self) -> AsyncGenerator[bytes]:
        try:
            for part in self._parts:
                yield part
            if self._then == "silence":
                await asyncio.Event().wait()
            if self._then == "error":
                raise LookupError
        finally:
            self.closed = True


def test_an_event_has_its_position_for_an_id() -> None:
    assert written(Position(7), b'{"position":7}') == b'id: 7\ndata: {"position":7}\n\n'


async def test_a_stream_ends_with_its_source() -> None:
    streams, client, source = Streams(), Client(), Source(b"one", b"two")
    await client.listen(EventStream(streams, source.parts()))
    assert client.sent[0]["status"] == 200
    assert re.fullmatch(rb"retry: \d+\n\nonetwo", client.body)
    assert (client.is_complete, source.closed, streams.open) == (True, True, 0)


async def test_what_is_refused_before_the_first_part_is_answered_in_its_place() -> None:
    streams, client, source = Streams(), Client(), Source(then="error")
    with pytest.raises(LookupError):
        await client.listen(EventStream(streams, source.parts()))
    assert (client.sent, source.closed, streams.open) == ([], True, 0)


async def test_an_error_later_on_ends_the_answer_and_is_not_kept_quiet() -> None:
    streams, client, source = Streams(), Client(), Source(b"one", then="error")
    with pytest.raises(LookupError):
        await client.listen(EventStream(streams, source.parts()))
    assert (client.is_complete, source.closed, streams.open) == (True, True, 0)


async def test_who_leaves_leaves_nothing_behind() -> None:
    streams, client, source = Streams(), Client(), Source(b"one", then="silence")
    listening = asyncio.create_task(client.listen(EventStream(streams, source.parts())))
    await client.heard.wait()
    assert streams.open == 1
    client.gone.set()
    await listening
    assert (source.closed, streams.open) == (True, 0)


async def test_a_process_that_ends_completes_its_streams() -> None:
    streams, clients = Streams(), [Client() for _ in range(3)]
    sources = [Source(b"one", then="silence") for _ in clients]
    async with asyncio.TaskGroup() as group:
        for client, source in zip(clients, sources, strict=True):
            group.create_task(client.listen(EventStream(streams, source.parts())))
        for client in clients:
            await client.heard.wait()
        streams.end()
    assert all(client.is_complete for client in clients)
    assert (all(source.closed for source in sources), streams.open) == (True, 0)


async def test_a_stream_asked_for_while_the_process_ends_is_told_once() -> None:
    streams, client, source = Streams(), Client(), Source(b"one", then="silence")
    streams.end()
    await client.listen(EventStream(streams, source.parts()))
    assert client.body.endswith(b"\n\none")
    assert (client.is_complete, source.closed, streams.open) == (True, True, 0)


async def test_there_are_only_so_many_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "STREAMS_MAX", 1)
    streams, first, second, third = Streams(), Client(), Client(), Client()
    listening = asyncio.create_task(
        first.listen(EventStream(streams, Source(b"one", then="silence").parts()))
    )
    await first.heard.wait()
    with pytest.raises(TooManyStreamsError):
        await second.listen(EventStream(streams, Source(b"two").parts()))
    assert second.sent == []
    first.gone.set()
    await listening
    await third.listen(EventStream(streams, Source(b"three").parts()))
    assert third.is_complete
