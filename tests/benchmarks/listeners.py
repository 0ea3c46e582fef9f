"""Listeners to one stream each, as a process of its own: raw bytes, so that the server has the processor.

Reads `Listening` from standard input, a line of JSON, and says in a line when all have their first documents.
Then for each further line, a position, it says when (monotonic) each listener had a document from there.
"""

import asyncio
import sys
import time
from typing import cast

import msgspec
import uvloop
from msgspec import Struct

from service.server.uvicorn_server import allow_many_connections

AT_ONCE = 100
PATIENCE_S = 30.0
ID = b"id: "


class Listening(Struct, frozen=True):
    """The path that each listener listens to."""

    port: int
    paths: list[str]


class Listener(asyncio.Protocol):
    """One open stream."""

    def __init__(self, path: str) -> None:
        self._request = f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()
        self._transport: asyncio.Transport
        self._heard = asyncio.Event()
        self.position = -1
        self.heard_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        at = data.rfind(ID)
        if at >= 0:
            self.position = int(data[at + len(ID) : data.index(b"\n", at)])
            self.heard_at = time.monotonic()
            self._heard.set()

    def connection_lost(self, exc: Exception | None) -> None:
        raise ConnectionError(exc)

    async def hear(self, position: int) -> float:
        """Wait for a document from a position or above it; return when the last one came."""
        while self.position < position:
            self._heard.clear()
            await self._heard.wait()
        return self.heard_at


async def open_stream(port: int, path: str, places: asyncio.Semaphore) -> Listener:
    """Open a stream and wait for its first document."""
    async with places:
        _, listener = await asyncio.get_running_loop().create_connection(
            lambda: Listener(path), "127.0.0.1", port
        )
        await listener.hear(0)
        return listener


async def listen(asked: Listening) -> None:
    """Open the streams, and answer one question after the other."""
    places = asyncio.Semaphore(AT_ONCE)
    async with asyncio.timeout(PATIENCE_S):
        listeners = await asyncio.gather(*(open_stream(asked.port, path, places) for path in asked.paths))
    say(b"open")
    while line := await asyncio.to_thread(sys.stdin.buffer.readline):
        async with asyncio.timeout(PATIENCE_S):
            times = [await listener.hear(int(line)) for listener in listeners]
        say(msgspec.json.encode(times))


def say(line: bytes) -> None:
    """Write a line."""
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    allow_many_connections()
    uvloop.run(listen(msgspec.json.decode(sys.stdin.buffer.readline(), type=Listening)))
