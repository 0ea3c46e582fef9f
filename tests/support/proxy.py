"""A door in front of a server on a Unix socket, to be slammed at a chosen word."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

CHUNK_BYTES = 65_536


class Door:
    """Passes bytes both ways while it is open.

    Attributes:
        slam_after: Once a client has said this word, the server's answer to it is swallowed and the
            client is cut off; None never.
        open: Whether new clients are let in.
        refused: Set once a client was not.
    """

    def __init__(self, server: Path) -> None:
        self._server = server
        self._clients: set[asyncio.StreamWriter] = set()
        self.slam_after: bytes | None = None
        self.open = True
        self.refused = asyncio.Event()
        self.slammed = 0

    async def pass_through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client until either side leaves."""
        if not self.open:
            self.refused.set()
            writer.close()
            return
        server_reader, server_writer = await asyncio.open_unix_connection(self._server)
        self._clients.add(writer)
        back = asyncio.create_task(self._copy(server_reader, writer))
        try:
            await self._forward(reader, server_writer, server_reader, back)
        finally:
            back.cancel()
            self._clients.discard(writer)
            for end in (server_writer, writer):
                end.close()
                with contextlib.suppress(OSError):
                    await end.wait_closed()

    async def _forward(
        self,
        reader: asyncio.StreamReader,
        server_writer: asyncio.StreamWriter,
        server_reader: asyncio.StreamReader,
        back: "asyncio.Task[None]",
    ) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(CHUNK_BYTES):
                slam = self.slam_after is not None and self.slam_after in chunk
                if slam:
                    back.cancel()
                    await asyncio.gather(back, return_exceptions=True)
                server_writer.write(chunk)
                await server_writer.drain()
                if slam:
                    self.slam_after = None
                    self.slammed += 1
                    await server_reader.read(CHUNK_BYTES)
                    return

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(CHUNK_BYTES):
                writer.write(chunk)
                await writer.drain()
        writer.close()

    def cut(self) -> None:
        """Cut off every client."""
        for client in list(self._clients):
            client.transport.abort()


@asynccontextmanager
async def open_door(server: Path, path: Path) -> AsyncGenerator[Door]:
    """Put a door at `path` in front of the server's socket."""
    door = Door(server)
    listener = await asyncio.start_unix_server(door.pass_through, path)
    try:
        yield door
    finally:
        listener.close()
        door.cut()
        await listener.wait_closed()
