"""uvicorn for this app: it ends event streams at shutdown, and cuts off clients that stop reading."""

import asyncio
import resource
import socket
from typing import Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.http.sse import STREAMS_MAX, Streams

STALLED_S_MAX: Final = 20.0
"""A client that reads none of the bytes that wait for it for so long is cut off."""

WAITING_BYTES_MAX: Final = 16 * 1024
"""With so many bytes waiting in this process, beside those in the kernel, writing to a client pauses."""

OPEN_FILES: Final = STREAMS_MAX + 1_000
"""Open files that a process may need; many systems allow 1,024 by default."""


class Server(uvicorn.Server):
    """uvicorn waits at shutdown until every response has ended, so this server ends the endless ones."""

    def __init__(self, config: uvicorn.Config, streams: Streams) -> None:
        super().__init__(config)
        self._streams = streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the event streams, and wait for the other responses."""
        self._streams.end()
        await super().shutdown(sockets)


class Connection(HttpToolsProtocol):
    """A client's connection, which is cut off when the client stops reading.

    uvicorn has no such limit: a client that is connected and does not read could keep its connection for
    ever.
    """

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] - as uvicorn has it
        """Limit the bytes that wait for the client."""
        transport.set_write_buffer_limits(high=WAITING_BYTES_MAX)
        super().connection_made(transport)

    def pause_writing(self) -> None:
        """Start to watch whether the client reads anything."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """Stop watching: the client has read."""
        super().resume_writing()
        self._stop_watching()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching: the client has gone."""
        self._stop_watching()
        super().connection_lost(exc)

    def _watch(self) -> None:
        waiting_bytes = self.transport.get_write_buffer_size()
        self._timer = self.loop.call_later(STALLED_S_MAX, self._check, waiting_bytes)

    def _check(self, waiting_bytes_before: int) -> None:
        if self.transport.get_write_buffer_size() < waiting_bytes_before:
            self._watch()
        else:
            self.transport.abort()

    def _stop_watching(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def allow_many_connections() -> None:
    """Raise this process's limit of open files to `OPEN_FILES`, or to what the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
