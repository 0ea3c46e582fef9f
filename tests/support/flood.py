"""Writers in a process of their own: `python -m tests.support.flood URL NAMES WRITERS REQUESTS COMMANDS`.

Each writer's voters change their minds with every request. The positions answered are printed, so
that a test can compare what was acknowledged with what is in the log.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from events.log.commands import Appended
from events.log.writer import Writer
from tests.support.logs import open_writer
from tests.support.votes import ship, skip

ROOT = Path(__file__).parents[2]


async def flood(database_url: str, *, names: str, writers: int, requests: int, commands: int) -> list[int]:
    """Write from another process; return the positions of the events that it was told of.

    Args:
        database_url: The database in which a hammer is listed.
        names: Prefix of the voters' accounts; processes given the same one quarrel over ballots.
        writers: Writers in the process, each with voters of its own.
        requests: Requests of each writer, one after the other.
        commands: Votes in each request.
    """
    numbers = [str(number) for number in (writers, requests, commands)]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.flood",
        database_url,
        names,
        *numbers,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    return [int(word) for word in output.split()]


async def _flood(database_url: str, names: str, writers: int, requests: int, commands: int) -> list[int]:
    told = await asyncio.gather(
        *[_write(database_url, f"{names}-{writer}", requests, commands) for writer in range(writers)]
    )
    return [position for some in told for position in some]


async def _write(database_url: str, names: str, requests: int, commands: int) -> list[int]:
    told: list[int] = []
    async with open_writer(database_url) as writer:
        for request in range(requests):
            told += await _vote(writer, [f"{names}-{voter}" for voter in range(commands)], request)
    return told


async def _vote(writer: Writer, accounts: Sequence[str], request: int) -> list[int]:
    order = skip if request % 2 else ship
    answers = await writer.submit([order(account) for account in accounts])
    failed = [answer for answer in answers if not isinstance(answer, Appended)]
    assert not failed, failed
    return [answer.position for answer in answers if isinstance(answer, Appended) and answer.changed]


if __name__ == "__main__":
    counts = [int(word) for word in sys.argv[3:]]
    print(*asyncio.run(_flood(sys.argv[1], sys.argv[2], *counts)))  # noqa: T201 - its answer to the test
