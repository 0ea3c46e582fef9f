"""From sending a vote to a score that counts it, with the worker running; and what idling costs."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from statistics import median
from typing import Final

import msgspec
import psutil
from msgspec import Struct

from tests.benchmarks.client import Client
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.load import run_load
from tests.benchmarks.log import fill, slugs
from tests.benchmarks.rounds import percentile
from tests.benchmarks.servers import Api, Machine, copied, running_api, running_worker
from tests.benchmarks.votes import BODIES, vote_headers, vote_load

POLL_S: Final = 0.0015
PAUSE_S: Final = 0.06
TRIES_MAX: Final = 10_000
LEAD_S: Final = 1.5
VISIBLE_S_MAX: Final = 0.030
IDLE_SHARE_MAX: Final = 0.05
OTHER_TOOLS: Final = 300
"""Sampled votes go to tools that the load leaves alone, so that none is a repetition."""


class Position(Struct):
    """The part of an answer that names its position."""

    position: int


_decode = msgspec.json.Decoder(Position).decode
Wait = Callable[[Client, str, int], Awaitable[None]]


async def wait_by_position(client: Client, slug: str, position: int) -> None:
    """Ask once for the score at a position; the API answers when it has it."""
    await client.request(
        f"GET /v1/tools/{slug}/score?after={position} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()
    )


async def wait_by_polling(client: Client, slug: str, position: int) -> None:
    """Ask for the score again and again until it is at the position."""
    request = f"GET /v1/tools/{slug}/score HTTP/1.1\r\nHost: bench\r\n\r\n".encode()
    for _ in range(TRIES_MAX):
        if _decode(await client.request(request)).position >= position:
            return
        await asyncio.sleep(POLL_S)


class Watching:
    """Votes now and then, and waits for each vote to be seen."""

    def __init__(self, api: Api, *, samples: int) -> None:
        self._api = api
        self._samples = samples
        self._headers = vote_headers(["watcher"])[0]
        self._tools = slugs(1_000)[OTHER_TOOLS:]
        self._votes = 0

    async def seconds(self, wait: Wait) -> list[float]:
        """Measure the time from sending a vote to having read a score that counts it."""
        found: list[float] = []
        async with Client(self._api.port) as voter, Client(self._api.port) as reader:
            for _ in range(self._samples):
                turn, tool = divmod(self._votes, len(self._tools))
                slug = self._tools[tool]
                self._votes += 1
                vote = f"PUT /v1/tools/{slug}/vote HTTP/1.1\r\nHost: bench\r\n".encode() + self._headers
                start = time.perf_counter()
                answer = _decode(await voter.request(vote + BODIES[turn % 2]))
                await wait(reader, slug, answer.position)
                found.append(time.perf_counter() - start)
                await asyncio.sleep(PAUSE_S * (0.5 + random.random()))  # noqa: S311 - to fall out of step
        return found


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure the way from a vote to its score, at rest and at half the highest rate; and what rest costs."""
    template = await fill(machine, events=setting.events)
    figures: list[Figure] = []
    async with copied(machine, template) as url:
        with running_api(machine, url) as api:
            async with running_worker(machine, url) as worker:
                watching = Watching(api, samples=setting.samples)
                await watching.seconds(wait_by_position)  # warms up
                figures += await _times(watching, setting.events, "idle", bounded=True)
                figures += await _idle(worker, api, setting)
                highest = await run_load(vote_load(port=api.port, seconds=setting.seconds))
                sampling_s = setting.samples * 4 * (PAUSE_S + VISIBLE_S_MAX) + LEAD_S
                load = vote_load(
                    port=api.port, seconds=sampling_s, start=highest.next_start, rate=highest.per_s / 2
                )
                loading = asyncio.create_task(run_load(load))
                await asyncio.sleep(LEAD_S)
                when = f"at {highest.per_s / 2:,.0f} votes/s"
                figures += await _times(watching, setting.events, when, bounded=False)
                await loading
    return figures


async def _times(watching: Watching, events: int, when: str, *, bounded: bool) -> list[Figure]:
    figures: list[Figure] = []
    for how, wait in (("?after=", wait_by_position), ("polling", wait_by_polling)):
        seconds = await watching.seconds(wait)
        for name, value in (("median", median(seconds)), ("p99", percentile(seconds, 0.99))):
            goal = bounded and name == "median"
            figures.append(
                Figure(
                    group="visible",
                    name=f"vote to visible score, {when}, {how}, {name}",
                    events=events,
                    value=value * 1e3,
                    unit="ms",
                    limit=VISIBLE_S_MAX * 1e3 if goal else None,
                    limit_name="fixed" if goal else "",
                    goal=1.0 if goal else None,
                    lower_is_better=True,
                )
            )
    return figures


async def _idle(worker: int, api: Api, setting: Setting) -> list[Figure]:
    parts = {
        "worker": [psutil.Process(worker)],
        "API": [psutil.Process(api.pid)],
        "Valkey": _ours("valkey"),
        "Postgres": _ours("postgres"),
    }
    before = {name: _cpu_s(processes) for name, processes in parts.items()}
    await asyncio.sleep(setting.idle_s)
    return [
        Figure(
            group="visible",
            name=f"processor time at rest, {name}",
            events=setting.events,
            value=100 * (_cpu_s(processes) - before[name]) / setting.idle_s,
            unit="% of a core",
            limit=100 * IDLE_SHARE_MAX if name == "worker" else None,
            limit_name="fixed" if name == "worker" else "",
            goal=1.0 if name == "worker" else None,
            lower_is_better=True,
        )
        for name, processes in parts.items()
    ]


def _ours(name: str) -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [process for process in children if process.name().startswith(name)]


def _cpu_s(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes if process.is_running()]
    return sum(each.user + each.system for each in times)
