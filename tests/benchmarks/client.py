"""A keep-alive HTTP connection that costs little, for measuring one request at a time."""

import asyncio
from http import HTTPStatus
from types import TracebackType
from typing import Self

LENGTH = b"content-length: "


class Client:
    """One connection to an API process: `async with Client(port)`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def request(self, request: bytes) -> bytes:
        """Send a request and return the answer's body; any status but 200 is an error."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        at = head.index(LENGTH) + len(LENGTH)
        body = await self._reader.readexactly(int(head[at : head.index(b"\r", at)]))
        if int(head[9:12]) != HTTPStatus.OK:
            message = f"unexpected answer: {head!r} {body!r}"
            raise RuntimeError(message)
        return body
