"""Score reads a second over HTTP, in full and as 304, beside empty handlers that send the same bytes."""

from http import HTTPStatus
from typing import Final

import httpx

from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.load import Load, run_load
from tests.benchmarks.log import fill, slugs
from tests.benchmarks.rounds import Measure, in_turn
from tests.benchmarks.servers import Api, Machine, running_api
from tests.support.database import url_of

TOOLS: Final = 100


def reading(
    api: Api, *, what: str, seconds: float, known: bool = False, expected: int = HTTPStatus.OK
) -> Measure:
    """Describe reads of the scores of 100 tools; `known` ones are asked for by their ETags."""
    tools = slugs(TOOLS)
    conditions = _conditions(api, tools) if known else [b""] * len(tools)
    load = Load(
        port=api.port,
        heads=[
            f"GET /v1/tools/{slug}/{what} HTTP/1.1\r\nHost: bench\r\n".encode() + condition
            for slug, condition in zip(tools, conditions, strict=True)
        ],
        tails=[b"\r\n"],
        bodies=[b""],
        seconds=seconds,
    )

    async def read() -> float:
        return (await run_load(load, expected=expected)).per_s

    return read


def _conditions(api: Api, tools: list[str]) -> list[bytes]:
    with httpx.Client(base_url=f"http://127.0.0.1:{api.port}", trust_env=False) as client:
        answers = [client.get(f"/v1/tools/{slug}/score") for slug in tools]
    return [f"If-None-Match: {answer.headers['etag']}\r\n".encode() for answer in answers]


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure score reads a second."""
    template = await fill(machine, events=setting.events)
    s = setting.seconds
    url = url_of(machine.server_url, template)
    with running_api(machine, url) as api, running_api(machine, url, variant="empty") as empty:
        full, full_limit, same, same_limit = await in_turn(
            setting.rounds,
            reading(api, what="score", seconds=s),
            reading(empty, what="score", seconds=s),
            reading(api, what="score", seconds=s, known=True, expected=HTTPStatus.NOT_MODIFIED),
            reading(empty, what="unchanged", seconds=s, known=True, expected=HTTPStatus.NOT_MODIFIED),
        )

    def figure(name: str, value: float, limit: float) -> Figure:
        return Figure(
            group="scores",
            name=name,
            events=setting.events,
            value=value,
            unit="reads/s",
            limit=limit,
            limit_name="an empty handler",
            goal=0.9,
        )

    return [
        figure("scores over HTTP", full, full_limit),
        figure("scores over HTTP, 304", same, same_limit),
    ]
