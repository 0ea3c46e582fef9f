"""The schemas that rebuilt tables stand in, one for each model, with a checkpoint of their own.

No statement of a model names a schema, so the search path decides which tables it uses.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final
from uuid import UUID

import asyncpg
import structlog
from msgspec.structs import replace

from events.ids import Position
from events.log.connection import LOST, Connection, Pool
from events.log.reader import read_head
from projections import sql as shared
from projections.folding import BusyError, fold_next
from projections.model import FOLD_LOCKS, LIVE, ReadModel
from projections.rebuilding import sql
from projections.registry import MODELS
from projections.scan import Scan

INSTALL: Final = 0
"""The number of the lock that is held while read models are installed."""


LOCK_TIMEOUT: Final = "SET LOCAL lock_timeout = '1s'"
"""Longer than a statement takes, and short for a person who has just cancelled a replay."""

Models = Sequence[ReadModel]

_log: Final = structlog.get_logger(__name__)


class RebuildError(Exception):
    """A replay that cannot go on, and trying again does not help; the message says why."""


def schema_of(model: ReadModel) -> str:
    """Name the schema that a model is rebuilt in."""
    return f"rebuild_{model.name}"


async def use(connection: Connection, schema: str) -> None:
    """Let the connection's unqualified names mean tables of this schema."""
    await connection.execute(sql.use_schema, schema)


async def begin(connection: Connection, id_: UUID, models: Models) -> None:
    """Make a replay's empty tables, unless it has them or was ended meanwhile."""
    async with connection.transaction():
        if await connection.fetchval(sql.begin_replay, id_) is None:
            return
        for model in models:
            await connection.execute(sql.drop_schema.format(schema=schema_of(model)))
            await connection.execute(sql.create_schema, model.name)
            await use(connection, schema_of(model))
            await connection.execute(shared.create_checkpoints)
            await connection.execute(model.create)
            await connection.execute(shared.reset_checkpoint, model.name, model.fingerprint)


async def reached(connection: Connection, model: ReadModel, schema: str) -> Position:
    """Return how far the model's tables in a schema are folded.

    Raises:
        RebuildError: they were made by another build, whose definition of the model differs.
    """
    await use(connection, schema)
    position = await connection.fetchval(shared.select_checkpoint, model.name, model.fingerprint)
    if position is None:
        message = f"{schema} holds {model.name} as another build defines it; let this build migrate first"
        raise RebuildError(message)
    return Position(position)


async def fold_rebuilt(
    connection: Connection, model: ReadModel, *, head: Position, scan: Scan | None = None
) -> None:
    """Fold a model's rebuilt tables up to `head`, a range at a time, as far as the log allows."""
    await use(connection, schema_of(model))
    # Under a number of its own, for the live model is folded at the same time.
    rebuilt = replace(model, number=-model.number)
    with suppress(BusyError):  # a worker that was believed dead may still be folding it
        while await fold_next(connection, rebuilt, head=head, scan=scan):
            pass


@asynccontextmanager
async def held_still(connection: Connection) -> AsyncGenerator[None]:
    """Keep everybody else from folding any live model, and from installing one, while the block runs.

    The last model is locked first and released last: subscriptions fold models in order.
    """
    held: list[int] = []
    try:
        for number in (INSTALL, *reversed([model.number for model in MODELS])):
            await connection.execute(sql.hold_model, FOLD_LOCKS, number)
            held.append(number)
        yield
    finally:
        if not connection.is_closed():
            for number in reversed(held):
                await connection.execute(sql.release_model, FOLD_LOCKS, number)


async def align(connection: Connection, models: Models) -> Position:
    """Fold every live model, and the rebuilt tables of these, to the head; return it. Hold them still before.

    A worker that read an earlier head and had to wait then finds nothing left to fold.

    Raises:
        RebuildError: the rebuilt tables do not get there.
    """
    head = await read_head(connection)
    for model in MODELS:
        await _fold_live(connection, model, head=head)
    for model in models:
        await reached(connection, model, LIVE)
        await fold_rebuilt(connection, model, head=head)
        if await reached(connection, model, schema_of(model)) != head:
            message = f"{model.name} cannot be folded up to position {head}"
            raise RebuildError(message)
    return head


async def _fold_live(connection: Connection, model: ReadModel, *, head: Position) -> None:
    await use(connection, LIVE)
    try:
        while await fold_next(connection, model, head=head):
            pass
    except LOST:
        raise
    except asyncpg.PostgresError as error:
        # It may be this very model that the replay is to repair.
        _log.warning("the live read model cannot be folded", model=model.name, error=repr(error))


async def drop_leftovers(pool: Pool) -> None:
    """Drop the rebuilt tables that no replay needs any more; what is still in use is left for next time."""
    try:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(sql.lock_orders)
            await connection.execute(LOCK_TIMEOUT)
            for row in await connection.fetch(sql.select_leftovers):
                await connection.execute(sql.drop_schema.format(schema=row["schema"]))
    except asyncpg.LockNotAvailableError:
        _log.info("tables of a replay that has ended are still in use; a later sweep drops them")
