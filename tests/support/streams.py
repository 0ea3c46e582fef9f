"""A client of the stream of scores as browsers have it: it comes again after `retry`, with the last id."""

import asyncio
import json
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self

import httpx

from tests.support.service import Service

PATH: Final = "/v1/scores/stream"
HEAR_S_MAX: Final = 60.0
PAUSE_S: Final = 0.05
LOOKS_MAX: Final = 1_000

Score = dict[str, Any]


class Ear:
    """Listens to the scores of some tools: `async with Ear(service, "hammer", "saw")`.

    Attributes:
        heard: Every document, in the order it came.
        ids: The id of each.
        streams: How many streams were opened.
        broken: How many of them broke off; the others ended in good order.
    """

    def __init__(self, service: Service, *tools: str, last_id: str | None = None) -> None:
        self._service = service
        self._tools = tools
        self._last_id = last_id
        self._retry_s = 0.0
        self._news = asyncio.Event()
        self._task: asyncio.Task[None]
        self.heard: list[Score] = []
        self.ids: list[str] = []
        self.streams = 0
        self.broken = 0

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._listen())
        self._task.add_done_callback(lambda _: self._news.set())
        await self.until(lambda: {score["tool"] for score in self.heard} >= set(self._tools))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._task.cancel()
        await asyncio.wait({self._task})

    def of(self, tool: str) -> list[Score]:
        """Return the documents of one tool."""
        return [score for score in self.heard if score["tool"] == tool]

    async def hear(self, tool: str, *, after: int) -> Score:
        """Wait for a tool's document from a position or later, and return it."""
        await self.until(lambda: self.of(tool)[-1]["position"] >= after)
        return self.of(tool)[-1]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until what was heard fulfils a condition."""
        async with asyncio.timeout(HEAR_S_MAX):
            while not condition():
                self._news.clear()
                await self._news.wait()
                if self._task.done():
                    self._task.result()

    async def _listen(self) -> None:
        async with self._service.client() as client:
            while True:
                try:
                    await self._listen_once(client)
                except httpx.TransportError:
                    self.broken += 1
                await asyncio.sleep(self._retry_s)

    async def _listen_once(self, client: httpx.AsyncClient) -> None:
        headers = {} if self._last_id is None else {"Last-Event-ID": self._last_id}
        query = {"tools": ",".join(self._tools)}
        async with client.stream("GET", PATH, params=query, headers=headers) as answer:
            assert answer.status_code == 200
            self.streams += 1
            async for line in answer.aiter_lines():
                self._read(line)

    def _read(self, line: str) -> None:
        name, _, value = line.partition(": ")
        match name:
            case "retry":
                self._retry_s = int(value) / 1_000
            case "id":
                self._last_id = value
            case "data":
                assert self._last_id is not None
                self.ids.append(self._last_id)
                self.heard.append(json.loads(value))
                self._news.set()
            case _:
                assert line in {"", ":"}


async def open_streams(client: httpx.AsyncClient) -> int:
    """Return how many streams the process that answers has open."""
    text = (await client.get("/metrics")).text
    return next(int(float(line.split()[1])) for line in text.splitlines() if line.startswith("ostraka_open_"))


async def until_open(client: httpx.AsyncClient, number: int) -> None:
    """Wait until a service with one process has so many streams open."""
    for _ in range(LOOKS_MAX):
        if await open_streams(client) == number:
            return
        await asyncio.sleep(PAUSE_S)
    assert await open_streams(client) == number
