"""The load generator's orders and its report. It runs as a process of its own."""

import asyncio
import sys
from http import HTTPStatus
from pathlib import Path

import msgspec
from msgspec import Struct

ROOT = Path(__file__).parents[2]
CONNECTIONS = 256
WARM_UP_SHARE = 0.2


class Load(Struct, frozen=True, kw_only=True):
    """Requests, as every combination of a head, a tail and a body.

    A connection keeps the tails that are its own, goes through them for each head in turn, and takes the
    next body when it has been through all heads.

    Attributes:
        heads: Request lines, one for each tool.
        tails: Headers up to and with the blank line; the tokens are here.
        start: The place in this order at which each connection begins.
        rate: Requests a second, sent whether answers come or not; None sends the next one upon an answer.
    """

    port: int
    heads: list[bytes]
    tails: list[bytes]
    bodies: list[bytes]
    connections: int = CONNECTIONS
    seconds: float
    start: int = 0
    rate: float | None = None


class LoadResult(Struct, frozen=True, kw_only=True):
    """The load generator's report.

    Attributes:
        statuses: How many answers had which status, warm-up included; 0 stands for a lost connection.
        next_start: The place to begin next time, so that no combination comes again.
        cpu: Share of one core that the generator took.
    """

    per_s: float
    statuses: dict[int, int]
    next_start: int
    cpu: float

    @property
    def answered(self) -> int:
        """How many requests were answered in all."""
        return sum(self.statuses.values())


class UnexpectedStatusError(Exception):
    """Some answers were not those that the figure stands for, so the figure is left out."""


async def run_load(load: Load, *, expected: int = HTTPStatus.OK) -> LoadResult:
    """Let the generator send a load.

    Raises:
        UnexpectedStatusError: an answer had another status than expected.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.generator",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    output, _ = await process.communicate(msgspec.msgpack.encode(load))
    result = msgspec.msgpack.decode(output, type=LoadResult)
    if set(result.statuses) != {expected}:
        message = f"expected answers with status {expected} only; got {result.statuses}"
        raise UnexpectedStatusError(message)
    return result
