"""A thousand open streams of scores on one process: from a vote's answer until all are told; the memory."""

import asyncio
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from statistics import median
from typing import Final

import msgspec
import psutil
from msgspec import Struct

from tests.benchmarks.client import Client
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.listeners import Listening
from tests.benchmarks.load import ROOT
from tests.benchmarks.log import fill, slugs
from tests.benchmarks.servers import Api, Machine, copied, running_api, running_worker
from tests.benchmarks.votes import BODIES, vote_headers

STREAMS: Final = 1_000
OTHER_TOOLS: Final = 100
VOTES_MAX: Final = 20
PAUSE_S: Final = 0.35
"""Longer than scores rest between two documents, so that each vote is told at once."""

REST_S_MAX: Final = 5.0
LINE_BYTES_MAX: Final = 2**20
TOLD_MS_MAX: Final = 500.0
MEMORY_MB_MAX: Final = 200.0


class Position(Struct):
    """The part of an answer to a vote that is read."""

    position: int


_decode = msgspec.json.Decoder(Position).decode
_decode_times = msgspec.json.Decoder(list[float]).decode


class Listeners:
    """The listeners' process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, line: bytes) -> bytes:
        """Say a line and return the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + b"\n")
        return await self._process.stdout.readline()


@asynccontextmanager
async def listening(api: Api, paths: list[str]) -> AsyncGenerator[Listeners]:
    """Keep a stream open for each path, from another process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.listeners",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        limit=LINE_BYTES_MAX,
    )
    try:
        listeners = Listeners(process)
        answer = await listeners.ask(msgspec.json.encode(Listening(api.port, paths)))
        if answer != b"open\n":
            message = "the streams did not open"
            raise RuntimeError(message)
        yield listeners
    finally:
        process.kill()
        await process.wait()


async def vote_and_hear(api: Api, listeners: Listeners, slug: str, *, votes: int) -> list[list[float]]:
    """Vote so many times; return for each vote the seconds from its answer to each listener's document."""
    headers = vote_headers(["listener"])[0]
    request = f"PUT /v1/tools/{slug}/vote HTTP/1.1\r\nHost: bench\r\n".encode() + headers
    found: list[list[float]] = []
    async with Client(api.port) as voter:
        for turn in range(votes):
            answer = _decode(await voter.request(request + BODIES[turn % 2]))
            answered_at = time.monotonic()
            times = _decode_times(await listeners.ask(str(answer.position).encode()))
            found.append([heard_at - answered_at for heard_at in times])
            await asyncio.sleep(PAUSE_S)
    return found


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure how soon a thousand streams tell of a vote, and what they take."""
    template = await fill(machine, events=setting.events)
    tool, *others = slugs(OTHER_TOOLS + 1)
    paths = [f"/v1/scores/stream?tools={tool},{others[n % OTHER_TOOLS]}" for n in range(STREAMS)]
    async with copied(machine, template) as url:
        with running_api(machine, url) as api:
            async with running_worker(machine, url):
                process = psutil.Process(api.pid)
                alone_mb = _memory_mb(process)
                start = time.monotonic()
                async with listening(api, paths) as listeners:
                    opened_s = time.monotonic() - start
                    await vote_and_hear(api, listeners, tool, votes=2)  # warms up
                    votes = min(VOTES_MAX, setting.samples)
                    heard = await vote_and_hear(api, listeners, tool, votes=votes)
                    share = await _cpu_share(process, min(REST_S_MAX, setting.idle_s))
                    memory_mb = _memory_mb(process)

    def figure(name: str, value: float, unit: str, limit: float | None = None) -> Figure:
        return Figure(
            group="streams",
            name=f"{STREAMS:,} open streams, {name}",
            events=setting.events,
            value=value,
            unit=unit,
            limit=limit,
            limit_name="fixed" if limit else "",
            goal=1.0 if limit else None,
            lower_is_better=True,
        )

    last = [max(times) * 1e3 for times in heard]
    return [
        figure("vote answered to all told, median", median(last), "ms", TOLD_MS_MAX),
        figure("vote answered to all told, slowest", max(last), "ms", TOLD_MS_MAX),
        figure("vote answered to half told, median", median(map(median, heard)) * 1e3, "ms"),
        figure("memory of the API process", memory_mb, "MB", MEMORY_MB_MAX),
        figure("memory of each stream", (memory_mb - alone_mb) * 1e3 / STREAMS, "kB"),
        figure("opened in", opened_s, "s"),
        figure("processor time at rest, API", 100 * share, "% of a core"),
    ]


def _memory_mb(process: psutil.Process) -> float:
    return process.memory_info().rss / 1e6


async def _cpu_share(process: psutil.Process, seconds: float) -> float:
    before = process.cpu_times()
    await asyncio.sleep(seconds)
    after = process.cpu_times()
    return ((after.user - before.user) + (after.system - before.system)) / seconds
