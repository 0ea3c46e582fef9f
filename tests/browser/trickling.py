"""A line between browser and service on which pages come little by little."""

import asyncio
import re
from asyncio import IncompleteReadError, StreamReader, StreamWriter, Task
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

PARTS: Final = 40
PAUSE_S: Final = 0.025
END_OF_HEAD: Final = b"\r\n\r\n"
NOT_PASSED_ON: Final = re.compile(rb"(accept-encoding|connection):[^\r]*\r\n", re.IGNORECASE)
"""A compressed page would come at once, and only a connection that ends tells when an answer is whole."""


@asynccontextmanager
async def trickle(url: str) -> AsyncGenerator[str]:
    """Provide an address of the service at `url` from which pages come in many small parts."""
    there = urlsplit(url)
    relays: set[Task[None]] = set()

    async def relay(browser: StreamReader, to_browser: StreamWriter) -> None:
        service, to_service = await asyncio.open_connection(there.hostname, there.port)
        try:
            # Browsers open connections in advance, and leave what they no longer need.
            with suppress(IncompleteReadError, ConnectionError):
                head = NOT_PASSED_ON.sub(b"", await browser.readuntil(END_OF_HEAD))
                to_service.write(head.removesuffix(b"\r\n") + b"Connection: close" + END_OF_HEAD)
                await pass_on(await service.read(-1), to_browser)
        finally:
            to_service.close()
            to_browser.close()

    def meet(browser: StreamReader, to_browser: StreamWriter) -> None:
        relays.add(asyncio.create_task(relay(browser, to_browser)))

    async with await asyncio.start_server(meet, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        # Streams do not end by themselves.
        for one in relays:
            one.cancel()
        await asyncio.wait(relays)


async def pass_on(answer: bytes, to_browser: StreamWriter) -> None:
    """Write an answer, and with pauses if it is a page."""
    parts = PARTS if b"text/html" in answer.partition(END_OF_HEAD)[0] else 1
    size = len(answer) // parts + 1
    for start in range(0, len(answer), size):
        to_browser.write(answer[start : start + size])
        await to_browser.drain()
        await asyncio.sleep(PAUSE_S)
