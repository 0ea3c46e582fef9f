"""Puts rebuilt tables in the place of the live ones, in one transaction."""

import asyncio
from typing import Final
from uuid import UUID

import asyncpg

from events.ids import Position
from events.log.connection import Connection
from projections import sql as shared
from projections.model import LIVE, ReadModel
from projections.ratings.storing import mark_stale
from projections.rebuilding import sql
from projections.rebuilding.beside import (
    Models,
    RebuildError,
    align,
    held_still,
    schema_of,
    use,
)

TRIES_MAX: Final = 120
PAUSE_S: Final = 0.25
LOCK_TIMEOUT: Final = "SET LOCAL lock_timeout = '300ms'; SET LOCAL synchronous_commit = on"
"""Readers that come meanwhile wait behind the swap, so it gives way soon and tries again. It is well below
Postgres' `deadlock_timeout` of a second: if it ever deadlocks with a reader, the swap yields."""

IN_THE_WAY: Final = (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError)


class EndedError(Exception):
    """The replay was cancelled while it was being swapped in; nothing was."""


async def swap(connection: Connection, id_: UUID, models: Models) -> bool:
    """Swap a running replay's tables in, which ends it; False if the live tables stayed in use.

    Raises:
        EndedError: it was ended meanwhile.
        RebuildError: an object outside the read models depends on the live tables.
    """
    for _ in range(TRIES_MAX):
        try:
            async with held_still(connection):
                position = await align(connection, models)
                async with connection.transaction():
                    await _swap(connection, id_, models, position)
        except IN_THE_WAY:
            await asyncio.sleep(PAUSE_S)
        except asyncpg.DependentObjectsStillExistError as error:
            # Somebody's view, which must not be dropped without asking.
            message = f"the live tables cannot be dropped: {error.detail}"
            raise RebuildError(message) from error
        else:
            return True
    return False


async def _swap(connection: Connection, id_: UUID, models: Models, position: Position) -> None:
    await connection.execute(LOCK_TIMEOUT)
    moved = await connection.fetchval(sql.move_replay, id_, position, position, None)
    if moved is None or await connection.fetchval(sql.end_replay, id_, "done", None) is None:
        raise EndedError
    for model in models:
        await _replace(connection, model, position)
    await mark_stale(connection)


async def _replace(connection: Connection, model: ReadModel, position: Position) -> None:
    beside = schema_of(model)
    tables = model.tables
    grants = await connection.fetch(sql.select_grants, tables, LIVE)
    await connection.execute(sql.drop_tables.format(tables=", ".join(f"{LIVE}.{table}" for table in tables)))
    for table in tables:
        await connection.execute(sql.move_table.format(table=f"{beside}.{table}", schema=LIVE))
    for row in grants:
        await connection.execute(row["statement"])
    await connection.execute(sql.carry_quarantine.format(live=LIVE, schema=beside))
    await use(connection, LIVE)
    await connection.execute(shared.move_checkpoint, model.name, position)
    await connection.execute(sql.drop_schema.format(schema=beside))
