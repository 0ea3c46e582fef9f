"""A crowd that votes over HTTP through any accident, and remembers every answer it got."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final, Literal

import httpx
from msgspec import Struct

from tests.support.service import PROBLEM, Service, fresh

Choice = Literal["ship", "skip"]

PASSING: Final = {PROBLEM + name for name in ("log-unavailable", "outcome-unknown", "queue-full")}
"""Types of the refusals that a client may meet during an accident."""

VOTERS_BY_CLIENT: Final = 25
"""httpx looks through all of a client's connections for each request, so many clients are faster than one."""

RETRY_S: Final = 0.02
PROGRESS_S_MAX: Final = 60.0


class Acknowledged(Struct, frozen=True):
    """A vote that was answered with success. `tries` counts the requests it took."""

    voter: str
    tool: str
    choice: Choice
    position: int
    changed: bool
    tries: int


class Crowd:
    """Voters, each with one request in flight at a time, who repeat a request until it is answered.

    Since a voter goes on only after an answer, the log has to hold exactly their choices in their order.
    """

    def __init__(self, service: Service, *, voters: int, tools: list[str]) -> None:
        self._service = service
        self.tools = tools
        self.acknowledged: list[Acknowledged] = []
        self.troubles: Counter[str] = Counter()
        self.violations: list[str] = []
        self._headers = {
            name: service.bearing("voter", name) for name in (fresh("voter") for _ in range(voters))
        }
        self._ending = False

    @property
    def voters(self) -> list[str]:
        """The voters' accounts."""
        return list(self._headers)

    async def progress(self, votes: int) -> None:
        """Wait until so many more votes have been acknowledged."""
        goal = len(self.acknowledged) + votes
        async with asyncio.timeout(PROGRESS_S_MAX):
            while len(self.acknowledged) < goal:
                assert self.violations == []
                await asyncio.sleep(RETRY_S)

    @asynccontextmanager
    async def voting(self) -> AsyncGenerator[None]:
        """Vote while the block runs; at its end everybody waits for their last answer."""
        self._ending = False
        async with AsyncExitStack() as stack:
            clients = [
                await stack.enter_async_context(self._service.client(connections_max=VOTERS_BY_CLIENT))
                for _ in range(0, len(self._headers), VOTERS_BY_CLIENT)
            ]
            group = await stack.enter_async_context(asyncio.TaskGroup())
            for number, voter in enumerate(self._headers):
                chance = random.Random(number)  # noqa: S311 - a repeatable crowd
                group.create_task(self._vote_on(clients[number % len(clients)], voter, chance))
            try:
                yield
            finally:
                self._ending = True

    async def _vote_on(self, client: httpx.AsyncClient, voter: str, chance: random.Random) -> None:
        while not self._ending and not self.violations:
            tool, choice = chance.choice(self.tools), chance.choice(("ship", "skip"))
            await self._vote(client, voter, tool, choice)

    async def _vote(self, client: httpx.AsyncClient, voter: str, tool: str, choice: Choice) -> None:
        tries = 0
        while True:
            tries += 1
            try:
                answer = await client.put(
                    f"/v1/tools/{tool}/vote", json={"choice": choice}, headers=self._headers[voter]
                )
            except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
                self.troubles[type(error).__name__] += 1
            else:
                if answer.status_code == 200:
                    found = answer.json()
                    self.acknowledged.append(
                        Acknowledged(voter, tool, choice, found["position"], found["changed"], tries)
                    )
                    return
                if not self._passes(answer):
                    return
            await asyncio.sleep(RETRY_S)

    def _passes(self, answer: httpx.Response) -> bool:
        if answer.status_code == 503 and answer.headers["content-type"] == "application/problem+json":
            type_ = answer.json()["type"]
            self.troubles[type_] += 1
            if type_ in PASSING:
                return True
        self.violations.append(f"{answer.status_code} {answer.text[:300]}")
        return False
