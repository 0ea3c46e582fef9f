"""Votes a second over HTTP: as they are, beside an empty handler, and beside one commit a request."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from service.cli.token import make_token
from tests.benchmarks import sql
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.load import CONNECTIONS, Load, run_load
from tests.benchmarks.log import accounts, fill, slugs
from tests.benchmarks.rounds import in_turn
from tests.benchmarks.servers import SECRET, Api, Machine, copied, owner, running_api

TOOLS: Final = 256
VOTERS: Final = 8 * CONNECTIONS
BODIES: Final = [b'{"choice":"ship"}', b'{"choice":"skip"}']
EMPTY: Final = "an empty handler"
SINGLE: Final = "one commit a request"


def vote_load(
    *,
    port: int,
    seconds: float,
    start: int = 0,
    tools: int = TOOLS,
    voters: int = VOTERS,
    rate: float | None = None,
) -> Load:
    """Describe votes by so many voters on so many tools: each combination once, then the other way."""
    return Load(
        port=port,
        heads=[f"PUT /v1/tools/{slug}/vote HTTP/1.1\r\nHost: bench\r\n".encode() for slug in slugs(tools)],
        tails=vote_headers(accounts(voters)),
        bodies=BODIES,
        seconds=seconds,
        start=start,
        rate=rate,
    )


def vote_headers(names: list[str]) -> list[bytes]:
    """Make the headers, up to the body, of a vote by each of these accounts."""
    now = datetime.now(UTC)
    tokens = [make_token(role="voter", subject=name, secret=SECRET, now=now, days=1) for name in names]
    return [
        f"Content-Type: application/json\r\nContent-Length: {len(BODIES[0])}\r\n"
        f"Authorization: Bearer {token}\r\n\r\n".encode()
        for token in tokens
    ]


class Voting:
    """Sends votes that were not sent before in this log."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._start = 0
        self._sent = 0
        self._answered = 0
        self._wal_bytes = 0.0

    @property
    def wal_bytes(self) -> float:
        """Bytes of write-ahead log that a new ballot took."""
        return self._wal_bytes / self._answered

    async def logged(self, api: Api, url: str) -> float:
        """Measure new ballots a second, and what they add to the write-ahead log."""
        async with owner(url) as connection:
            before, answered = await connection.fetchval(sql.select_wal_position), self._sent
            per_s = await self.new(api)
            self._wal_bytes += await connection.fetchval(sql.select_wal_position) - before
            self._answered += self._sent - answered
        return per_s

    async def new(self, api: Api) -> float:
        """Measure new ballots a second."""
        result = await run_load(vote_load(port=api.port, seconds=self._seconds, start=self._start))
        self._start = result.next_start
        self._sent += result.answered
        return result.per_s

    async def changed(self, api: Api) -> float:
        """Measure changes of mind a second: few tools, so that each voter comes back to each soon."""
        load = vote_load(port=api.port, seconds=self._seconds, tools=4, voters=CONNECTIONS)
        return (await run_load(load, expected=HTTPStatus.OK)).per_s


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure votes a second, and what the log grew by."""
    template = await fill(machine, events=setting.events)
    voting = Voting(setting.seconds)
    async with copied(machine, template) as url:
        with (
            running_api(machine, url) as api,
            running_api(machine, url, variant="empty") as empty,
            running_api(machine, url, variant="single") as single,
        ):
            new, limit, alone = await in_turn(
                setting.rounds,
                lambda: voting.logged(api, url),
                lambda: voting.new(empty),
                lambda: voting.new(single),
            )
            changed, changed_limit = await in_turn(
                1, lambda: voting.changed(api), lambda: voting.changed(empty)
            )
    events = setting.events

    def figure(name: str, value: float, limit: float, limit_name: str, goal: float) -> Figure:
        return Figure(
            group="votes",
            name=name,
            events=events,
            value=value,
            unit="votes/s",
            limit=limit,
            limit_name=limit_name,
            goal=goal,
        )

    return [
        figure("new votes over HTTP", new, limit, EMPTY, 0.85),
        figure("changed votes over HTTP", changed, changed_limit, EMPTY, 0.85),
        figure("new votes over HTTP", new, alone, SINGLE, 5.0),
        Figure(
            group="votes",
            name="write-ahead log of a vote over HTTP",
            events=events,
            value=voting.wal_bytes,
            unit="bytes",
        ),
    ]
