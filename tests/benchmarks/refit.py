"""One refit in a process of its own, so that each library pays for its own imports and memory.

Reads a `Refit` from standard input and writes a `Refitted` to standard output, both as MessagePack.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final, Literal

import asyncpg
import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from events.facts import OVERALL
from events.ids import matchup_subject
from events.log.connection import Pool, create_pool
from service.cli.output import configure_logs
from tests.benchmarks.load import ROOT
from tests.benchmarks.log import slugs

SEED: Final = 2026
TIES: Final = 0.3
STATUS: Final = Path("/proc/self/status")
KIB_PER_MIB: Final = 1024

Library = Literal["ratings", "evalica", "stored"]

Columns = tuple[NDArray[np.int64], ...]
"""Each pair's left and right, the wins of each, and the ties."""


class Refit(Struct, frozen=True, kw_only=True):
    """The size of a refit, how often to repeat it, and the library.

    Attributes:
        library: "stored" is our own as the workers' job uses it: tallies out of Postgres, ratings back in.
        database_url: Of a database that `fill` filled with the same outcomes; of use to "stored" alone.
    """

    library: Library
    tools: int
    preferences: int
    repeats: int
    database_url: str = ""


class Refitted(Struct, frozen=True, kw_only=True):
    """The time and memory that it took.

    Attributes:
        seconds: Median of all repeats, from counts in memory to ratings, or from Postgres and back.
        peak_mib: The most that the process had in memory at any time.
    """

    seconds: float
    peak_mib: float


async def refit(asked: Refit) -> Refitted:
    """Let a process refit.

    Raises:
        RuntimeError: It failed.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.refit",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    output, _ = await process.communicate(msgspec.msgpack.encode(asked))
    if process.returncode:
        message = f"the refit with {asked.library} failed"
        raise RuntimeError(message)
    return msgspec.msgpack.decode(output, type=Refitted)


def count_outcomes(*, tools: int, preferences: int) -> Columns:
    """Draw so many preferences, spread evenly over all pairs of tools of different strengths."""
    generator = np.random.default_rng(SEED)
    logs = generator.normal(size=tools)
    left, right = np.triu_indices(tools, 1)
    counts = generator.multinomial(preferences, np.full(len(left), 1 / len(left)))
    ties = generator.binomial(counts, TIES)
    left_wins = generator.binomial(counts - ties, 1 / (1 + np.exp(logs[right] - logs[left])))
    return left, right, left_wins, counts - ties - left_wins, ties


async def fill(connection: "asyncpg.Connection[asyncpg.Record]", *, tools: int, preferences: int) -> None:
    """Put the same outcomes into the read models of a migrated database, as if they had been folded."""
    names = slugs(tools)
    matchups: list[tuple[object, ...]] = []
    columns = [column.tolist() for column in count_outcomes(tools=tools, preferences=preferences)]
    rows: list[list[int]] = [list(row) for row in zip(*columns, strict=True)]
    for left, right, *counts in rows:
        subject_id = matchup_subject(names[left], names[right], OVERALL)
        matchups.append((subject_id, names[left], names[right], OVERALL, *counts, 1))
    await connection.copy_records_to_table("matchups", schema_name="read", records=matchups)
    await connection.execute("VACUUM ANALYZE")


def with_stored(_columns: Columns, asked: Refit) -> Callable[[], object]:
    """Prepare what the workers' job does: read the tallies, fit, keep the ratings."""
    from projections.ratings.storing import mark_stale, refit  # noqa: PLC0415 - as above

    configure_logs()  # standard output is for what it took
    runner = asyncio.Runner()  # as a worker's, it stays open with its connections until the process ends
    pool = runner.run(_open(asked.database_url))

    async def once() -> None:
        async with pool.acquire() as connection:
            await mark_stale(connection)
        await refit(pool, OVERALL)

    return lambda: runner.run(once())


async def _open(database_url: str) -> Pool:
    return await create_pool(database_url, size_max=1)


def with_ratings(columns: Columns, asked: Refit) -> Callable[[], object]:
    """Prepare a fit of our own: scores, intervals, groups."""
    from projections.ratings.fit import fit  # noqa: PLC0415 - the other library's process does without
    from projections.rules.registry import FIRST  # noqa: PLC0415 - likewise

    left, right, left_wins, right_wins, ties = columns
    return lambda: fit(
        tools=asked.tools,
        left=left,
        right=right,
        left_wins=left_wins,
        right_wins=right_wins,
        ties=ties,
        z=FIRST.z,
    )


def with_evalica(columns: Columns, _: Refit) -> Callable[[], object]:
    """Prepare evalica's fit of the same counts: strengths alone, at its own tolerance."""
    import evalica  # noqa: PLC0415 - our own process does without

    winners = (evalica.Winner.X, evalica.Winner.Y, evalica.Winner.Draw)
    left, right, *counted = columns
    parts = [(counts, counts > 0, winner) for counts, winner in zip(counted, winners, strict=True)]
    xs = [tool for _, seen, _ in parts for tool in left[seen].tolist()]
    ys = [tool for _, seen, _ in parts for tool in right[seen].tolist()]
    outcomes = [winner for _, seen, winner in parts for _ in range(int(seen.sum()))]
    weights = [float(count) for counts, seen, _ in parts for count in counts[seen].tolist()]
    return lambda: evalica.bradley_terry(xs, ys, outcomes, weights=weights)


LIBRARIES: Final = {"ratings": with_ratings, "evalica": with_evalica, "stored": with_stored}


def run(asked: Refit) -> Refitted:
    """Refit in this process."""
    columns = count_outcomes(tools=asked.tools, preferences=asked.preferences)
    fit = LIBRARIES[asked.library](columns, asked)
    seconds: list[float] = []
    for _ in range(asked.repeats):
        start = time.perf_counter()
        fit()
        seconds.append(time.perf_counter() - start)
    return Refitted(seconds=median(seconds), peak_mib=peak_mib())


def peak_mib() -> float:
    """Read the most memory that this process has had since it began; Linux counts it."""
    [line] = [line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / KIB_PER_MIB


if __name__ == "__main__":
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Refit)
    sys.stdout.buffer.write(msgspec.msgpack.encode(run(asked)))
