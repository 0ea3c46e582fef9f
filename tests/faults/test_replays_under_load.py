"""Swaps under load over HTTP: nobody is refused, nothing goes back, every score is the fold of the log."""

import asyncio
import random
from contextlib import AsyncExitStack
from typing import Any

import httpx

from tests.support.crowd import Crowd
from tests.support.service import TOOL, Caller, Service, done
from tests.support.truth import assert_nothing_was_lost, is_exact
from tests.support.up import RunningUp

READERS = 8
SHOWN = ("reviews", "history?bucket=hour", "changes")
LEADERBOARD = f"/v1/leaderboards/{TOOL['category']}"
SWAPS = 6
SCORES_CHECKED_MAX = 500
LOOKS_MAX = 2_000
LOOK_S = 0.05


class Reader:
    """Somebody who asks for everything, over one connection, as fast as the answers come."""

    def __init__(self, client: httpx.AsyncClient, tools: list[str], number: int) -> None:
        self._client = client
        self._tools = tools
        self._number = number
        self._seen: dict[str, int] = {}
        self.scores: list[dict[str, Any]] = []
        self.reads = 0

    async def read(self, ending: asyncio.Event) -> None:
        """Read until told to end; anything but a success fails the test."""
        chance = random.Random(self._number)  # noqa: S311 - a repeatable reader
        while not ending.is_set():
            tool = chance.choice(self._tools)
            score = await self._get(f"/v1/tools/{tool}/score")
            assert score["position"] >= self._seen.get(tool, 0), "a reader's positions went back"
            self._seen[tool] = score["position"]
            assert (await self._get(f"/v1/tools/{tool}"))["slug"] == tool
            past = await self._get(f"/v1/tools/{tool}/score?as_of={chance.randint(1, score['position'])}")
            self.scores += [score, past]
            for path in (*(f"/v1/tools/{tool}/{what}" for what in SHOWN), LEADERBOARD, "/v1/tools"):
                await self._get(path)
            self.reads += 1

    async def _get(self, path: str) -> dict[str, Any]:
        return done(await self._client.get(path))


async def replay_to_its_end(caller: Caller, *models: str) -> dict[str, Any]:
    """Rebuild and swap; return the replay once it has stopped."""
    asked = {"models": models} if models else {}
    answer = await caller.call("POST", "/v1/replays", role="moderator", json=asked)
    assert answer.status_code == 202, answer.text
    for _ in range(LOOKS_MAX):
        replay = done(await caller.call("GET", answer.headers["location"], role="moderator"))
        if replay["state"] != "running":
            return replay
        await asyncio.sleep(LOOK_S)
    message = "the replay does not end"
    raise TimeoutError(message)


async def test_swaps_at_full_speed_are_seen_by_nobody(service: Service, caller: Caller, crowd: Crowd) -> None:
    ending = asyncio.Event()
    async with AsyncExitStack() as stack:
        readers = [
            Reader(await stack.enter_async_context(service.client(connections_max=1)), crowd.tools, number)
            for number in range(READERS)
        ]
        async with crowd.voting(), asyncio.TaskGroup() as group:
            reading = [group.create_task(reader.read(ending)) for reader in readers]
            await crowd.progress(200)
            replays = [await replay_to_its_end(caller, *some) for some in SWAPS // 2 * ((), ("community",))]
            await crowd.progress(200)
            ending.set()
            await asyncio.gather(*reading)
    assert [(replay["state"], replay["error"]) for replay in replays] == SWAPS * [("done", None)]
    assert [replay["difference"]["count"] for replay in replays] == SWAPS * [0]
    assert not crowd.troubles
    assert all(reader.reads for reader in readers)
    events = await assert_nothing_was_lost(service, caller, crowd)
    scores = {(score["tool"], score["position"]): score for reader in readers for score in reader.scores}
    checked = list(scores.values())[:: max(1, len(scores) // SCORES_CHECKED_MAX)]
    assert [score for score in checked if not is_exact(score, events)] == []
    assert len({score["position"] for score in checked}) > SWAPS


async def test_workers_killed_while_they_swap_lose_nothing(
    up: RunningUp, service: Service, caller: Caller, crowd: Crowd
) -> None:
    async with crowd.voting():
        await crowd.progress(100)
        for pause_s in (0.0, 0.05, 0.15):
            replaying = asyncio.create_task(replay_to_its_end(caller))
            await asyncio.sleep(pause_s)
            up.part("workers").kill()
            replay = await replaying
            assert (replay["state"], replay["error"]) == ("done", None)
    await assert_nothing_was_lost(service, caller, crowd)
