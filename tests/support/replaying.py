"""Replays for tests, without a service."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from redis.asyncio import Redis

from events.log.connection import Pool
from events.log.writer import Writer
from projections.rebuilding.replays import Replay, ReplayOrder, order_replay, read_replay
from projections.rebuilding.running import run_replay
from projections.registry import NAMES
from tests.support.folds import fold_all
from tests.support.logs import list_tool, write
from tests.support.rulings import SAM
from tests.support.votes import ship, skip

VOTERS = 20
HEAD = 1 + 2 * VOTERS


async def fill(writer: Writer, pool: Pool) -> None:
    """Write of a tool and of voters who all changed their minds, and let the live models know."""
    await write(writer, list_tool("hammer"))
    await write(writer, *(ship(f"voter-{number}") for number in range(VOTERS)))
    await write(writer, *(skip(f"voter-{number}") for number in range(VOTERS)))
    await fold_all(pool)


async def ordered(pool: Pool, *models: str, dry_run: bool = False) -> UUID:
    """Order a replay of these models, of all if none is named; nobody is at it yet."""
    asked = ReplayOrder(id=uuid4(), models=models or NAMES, dry_run=dry_run, by=SAM)
    assert await order_replay(pool, asked) is None
    return asked.id


async def found(pool: Pool, id_: UUID) -> Replay:
    """Read a replay that there is."""
    replay = await read_replay(pool, id_)
    assert replay is not None
    return replay


async def replayed(pool: Pool, redis: Redis, *models: str, dry_run: bool = False) -> Replay:
    """Order a replay and run it to where it stops."""
    id_ = await ordered(pool, *models, dry_run=dry_run)
    await run_replay(pool, redis, id_)
    return await found(pool, id_)


async def schemas(pool: Pool) -> Sequence[str]:
    """Name the schemas of rebuilt tables that there are."""
    rows = await pool.fetch("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rebuild%' ORDER BY 1")
    return [row["nspname"] for row in rows]


async def oids(pool: Pool) -> dict[str, int]:
    """Return the identity of each live table; a swap changes it."""
    rows = await pool.fetch(
        "SELECT relname, oid::bigint FROM pg_class"
        " WHERE relnamespace = 'read'::regnamespace AND relkind = 'r'"
    )
    return {row["relname"]: row["oid"] for row in rows}
