"""How the application connects to Postgres: as the role that may append and read, nothing more."""

import asyncio
from typing import TYPE_CHECKING, Final

import asyncpg

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
    Pool = asyncpg.Pool[asyncpg.Record]
else:
    # asyncpg's classes take no type arguments at run time.
    Connection = asyncpg.Connection
    Pool = asyncpg.Pool

ROLE: Final = "ostraka_app"
CONNECT_TIMEOUT_S: Final = 10
COMMAND_TIMEOUT_S: Final = 60

SESSION: Final = {
    "role": ROLE,
    "jit": "off",
    "application_name": "ostraka",
    "timezone": "UTC",
    # Statements name read models without a schema: a rebuild folds with another search path.
    "search_path": "read",
}

DERIVED: Final = SESSION | {
    # Read models can be folded again, and a checkpoint is lost together with its tables, so
    # their commits need not wait for the disk. Plans are made for the range at hand.
    "synchronous_commit": "off",
    "plan_cache_mode": "force_custom_plan",
    "work_mem": "64MB",
}

INDEX_ONLY: Final = SESSION | {
    # The append's look-ups are point reads at any size. A plan made while a table was small must not
    # be kept as a scan of a large one, so the planner is left no plan but the index.
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
}

LOST: Final = (
    OSError,
    asyncio.TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a session ended by the server while idle, used before asyncpg noticed
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # shutting down, starting up, statement cancelled
    asyncpg.InsufficientResourcesError,  # disk full, out of memory, too many connections
    asyncpg.ReadOnlySQLTransactionError,
)
"""The errors that mean that Postgres cannot serve at the moment."""


async def connect(database_url: str) -> Connection:
    """Open the writer's connection, whose plans stay on the indexes."""
    return await asyncpg.connect(
        database_url,
        server_settings=INDEX_ONLY,
        timeout=CONNECT_TIMEOUT_S,
        command_timeout=COMMAND_TIMEOUT_S,
    )


def create_pool(database_url: str, *, size_max: int) -> Pool:
    """Build a pool for reading and folding; the caller opens it with `async with`."""
    return asyncpg.create_pool(
        database_url,
        min_size=0,
        max_size=size_max,
        server_settings=DERIVED,
        timeout=CONNECT_TIMEOUT_S,
        command_timeout=COMMAND_TIMEOUT_S,
    )
