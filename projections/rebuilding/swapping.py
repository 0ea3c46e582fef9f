"""Lets rebuilt tables take the place of the live ones, in one transaction that nobody sees half of."""

import asyncio
from typing import Final
from uuid import UUID

import asyncpg

from events.ids import Position
from events.log.connection import Connection
from projections import sql as shared
from projections.model import FOLD_LOCKS, ReadModel
from projections.rebuilding import sql
from projections.rebuilding.beside import LIVE, Models, schema_of, use
from projections.rebuilding.comparing import align

TRIES_MAX: Final = 120
PAUSE_S: Final = 0.25
LOCK_TIMEOUT: Final = "SET LOCAL lock_timeout = '300ms'; SET LOCAL synchronous_commit = on"
"""Readers that come meanwhile wait behind the swap, so it gives way soon and tries again. It is well below
Postgres' `deadlock_timeout` of a second: if it ever deadlocks with a reader, the swap yields."""

IN_THE_WAY: Final = (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError)


class EndedError(Exception):
    """The replay was cancelled while it was being swapped in; nothing was."""


async def swap(connection: Connection, id_: UUID, models: Models) -> bool:
    """Swap a running replay's tables in, which ends it; False if others never left the live tables.

    Raises:
        EndedError: it was ended meanwhile.
    """
    for _ in range(TRIES_MAX):
        try:
            async with connection.transaction():
                await _swap(connection, id_, models)
        except IN_THE_WAY:
            await asyncio.sleep(PAUSE_S)
        else:
            return True
    return False


async def _swap(connection: Connection, id_: UUID, models: Models) -> None:
    for model in models:
        await connection.execute(sql.lock_model, FOLD_LOCKS, model.number)
    position = await align(connection, models)
    await connection.execute(LOCK_TIMEOUT)
    moved = await connection.fetchval(sql.move_replay, id_, position, position, None)
    if moved is None or await connection.fetchval(sql.end_replay, id_, "done", None) is None:
        raise EndedError
    tables = {model.name: await _tables(connection, model) for model in models}
    for model in models:
        await _replace(connection, model, tables[model.name], position)


async def _replace(connection: Connection, model: ReadModel, tables: list[str], position: Position) -> None:
    beside = schema_of(model)
    grants = await connection.fetch(sql.select_grants, tables, LIVE, LIVE)
    await connection.execute(sql.drop_tables.format(tables=", ".join(f"{LIVE}.{table}" for table in tables)))
    for table in tables:
        await connection.execute(sql.move_table.format(table=f"{beside}.{table}", schema=LIVE))
    for row in grants:
        await connection.execute(row["statement"])
    await use(connection, LIVE)
    await connection.execute(shared.move_checkpoint, model.name, position)
    await connection.execute(sql.drop_schema.format(schema=beside))


async def _tables(connection: Connection, model: ReadModel) -> list[str]:
    return [row["name"] for row in await connection.fetch(sql.select_tables, schema_of(model))]
