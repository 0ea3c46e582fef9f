"""The log as it is stored, seen and tampered with by the database's owner."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    Owner = asyncpg.Connection[asyncpg.Record]
else:
    Owner = asyncpg.Connection

TURNS_MAX = 2_000
TURN_S = 0.01


async def positions(owner: Owner) -> list[int]:
    """Return every position there is, in order."""
    rows = await owner.fetch("SELECT position FROM log.events ORDER BY position")
    return [row["position"] for row in rows]


async def head(owner: Owner) -> int:
    """Return the head's position."""
    return await owner.fetchval("SELECT position FROM log.head")


async def is_gapless(owner: Owner) -> bool:
    """Tell whether positions are 1, 2, 3 … up to the head, as versions are in every stream, and linked."""
    found = await positions(owner)
    uneven = await owner.fetchval(
        """
        SELECT count(*) FROM (
            SELECT version, row_number() OVER stream AS place, previous, lag(position) OVER stream AS before
            FROM log.events WINDOW stream AS (PARTITION BY subject_id, actor_id ORDER BY position)
        ) AS event
        WHERE version <> place OR previous IS DISTINCT FROM before
        """
    )
    return found == list(range(1, await head(owner) + 1)) and uneven == 0


async def tamper(owner: Owner, statement: str, *arguments: object) -> None:
    """Run a statement that the append-only trigger would refuse."""
    async with owner.transaction():
        await owner.execute("ALTER TABLE log.events DISABLE TRIGGER append_only")
        await owner.execute(statement, *arguments)
        await owner.execute("ALTER TABLE log.events ENABLE TRIGGER append_only")


async def waiting_for_the_head(owner: Owner) -> Sequence[int]:
    """Wait until a backend waits for the head's lock; return the pids of those that do."""
    for _ in range(TURNS_MAX):
        rows = await owner.fetch(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 7310 AND NOT granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        if rows:
            return [row["pid"] for row in rows]
        await asyncio.sleep(TURN_S)
    message = "nobody waits for the head"
    raise TimeoutError(message)
