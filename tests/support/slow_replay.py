"""A replay in a process of its own: `python -m tests.support.slow_replay DATABASE_URL REDIS_URL ID`.

It folds a few events at a time and says how far it is, so that a test can kill it in the middle.
"""

import asyncio
import sys
from pathlib import Path
from uuid import UUID

from events.log.connection import create_pool
from projections.rebuilding import running
from tests.support.valkey import connect_to

ROOT = Path(__file__).parents[2]
FOLD_EVENTS = 2
PAUSE_S = 0.02


async def start_replay(database_url: str, redis_url: str, id_: UUID) -> asyncio.subprocess.Process:
    """Start it; each line of its output is a position that it has reached."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.support.slow_replay", database_url, redis_url, str(id_)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )


async def _run(database_url: str, redis_url: str, id_: UUID) -> None:
    read_head = running.read_head

    async def slowly(connection: running.Connection) -> running.Position:
        position = await connection.fetchval("SELECT position FROM log.replays WHERE id = $1", id_)
        sys.stdout.write(f"{position}\n")
        sys.stdout.flush()
        await asyncio.sleep(PAUSE_S)
        return await read_head(connection)

    running.read_head = slowly
    running.REBUILD_EVENTS_MAX = FOLD_EVENTS  # pyright: ignore[reportConstantRedefinition, reportAttributeAccessIssue]
    async with connect_to(redis_url) as redis, create_pool(database_url, size_max=2) as pool:
        await running.run_replay(pool, redis, id_)


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], sys.argv[2], UUID(sys.argv[3])))
