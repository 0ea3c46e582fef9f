"""uvicorn as it serves this app: streams end when the process will, and who takes nothing is cut off."""

import asyncio
import resource
import socket
from typing import Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.http.sse import STREAMS_MAX, Streams

STALLED_S_MAX: Final = 20.0
"""A client for which bytes wait and that takes none of them for so long is cut off."""

WAITING_BYTES_MAX: Final = 16 * 1024
"""Nothing more is written to a client for which so much waits here, whatever the kernel has taken already."""

FILES: Final = STREAMS_MAX + 1_000
"""Files that a process may want to have open; many systems allow 1,024 unless they are asked."""


class Server(uvicorn.Server):
    """uvicorn, which waits for answers under way to end; so it has to end those that would go on for ever."""

    def __init__(self, config: uvicorn.Config, streams: Streams) -> None:
        super().__init__(config)
        self._streams = streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, and wait for the other answers."""
        self._streams.end()
        await super().shutdown(sockets)


class Connection(HttpToolsProtocol):
    """A client's connection, which is cut off when the client stops reading.

    Nothing else would: who is there and does not read may keep a connection for ever.
    """

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] - as uvicorn has it
        """Keep little for each client."""
        transport.set_write_buffer_limits(high=WAITING_BYTES_MAX)
        super().connection_made(transport)

    def pause_writing(self) -> None:
        """Look from now on whether the client takes anything."""
        super().pause_writing()
        self._look_later()

    def resume_writing(self) -> None:
        """Stop looking: it does."""
        super().resume_writing()
        self._stop_looking()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop looking: it has left."""
        self._stop_looking()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        waiting_bytes = self.transport.get_write_buffer_size()
        self._timer = self.loop.call_later(STALLED_S_MAX, self._look, waiting_bytes)

    def _look(self, waiting_bytes_before: int) -> None:
        if self.transport.get_write_buffer_size() < waiting_bytes_before:
            self._look_later()
        else:
            self.transport.abort()

    def _stop_looking(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def allow_many_connections() -> None:
    """Raise this process's limit of open files to `FILES`, or as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
