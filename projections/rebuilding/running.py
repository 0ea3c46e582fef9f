"""Works on a replay: folds to the head, compares, swaps.

Everything is done over one connection, which holds the lock of the replay; losing one means losing both.
A fold and its checkpoint are one transaction, so after a `kill -9` another worker continues from there.
"""

import asyncio
from time import monotonic
from typing import Final
from uuid import UUID

import msgspec
import structlog
from redis.asyncio import Redis

from events.hints import FOLDED, send
from events.ids import Position
from events.log.connection import LOST, Connection, Pool
from events.log.reader import read_head
from events.moderation.batches import number_of
from projections.cells import CELL_EVENTS
from projections.model import LIVE
from projections.rebuilding import sql
from projections.rebuilding.beside import (
    Models,
    RebuildError,
    begin,
    drop_leftovers,
    fold_rebuilt,
    reached,
    schema_of,
)
from projections.rebuilding.comparing import compare_tables
from projections.rebuilding.replays import Replay, read_replay
from projections.rebuilding.swapping import EndedError, swap
from projections.registry import MODELS
from projections.scan import Scan

REBUILD_EVENTS_MAX: Final = 4 * CELL_EVENTS
"""Events folded before the next look at whether the replay was cancelled; whole cells, as elsewhere."""

STALLS_MAX: Final = 100
STALL_S: Final = 0.1
BUSY: Final = "others did not leave the live tables for long enough; order the swap again"
EVERYTHING: Final = b"null"
"""The hint that any score may have changed."""

_log: Final = structlog.get_logger(__name__)
_encode: Final = msgspec.json.Encoder().encode


async def run_replay(pool: Pool, redis: Redis, id_: UUID) -> None:
    """Run a replay up to where it stops, unless another worker is running it.

    Raises:
        OSError, asyncpg.PostgresError: Postgres cannot serve at the moment; the replay stays running.
    """
    async with pool.acquire() as connection:
        if not await connection.fetchval(sql.try_replay_lock, number_of(id_)):
            return
        try:
            replay = await read_replay(connection, id_)
            if replay is not None and replay.state == "running":
                await _run(connection, redis, replay)
        except LOST:
            raise
        except EndedError:
            pass
        except RebuildError as error:
            await connection.execute(sql.end_replay, id_, "failed", str(error))
        except Exception as defect:  # noqa: BLE001 - the replay and the log both name it
            await _fail(connection, id_, defect)
        finally:
            if not connection.is_closed():
                await connection.execute(sql.release_replay_lock, number_of(id_))
    await drop_leftovers(pool)


async def _run(connection: Connection, redis: Redis, replay: Replay) -> None:
    models = [model for model in MODELS if model.name in replay.models]
    if len(models) < len(replay.models):
        message = f"this build does not have all of the read models {', '.join(replay.models)}"
        raise RebuildError(message)
    for model in models:
        await reached(connection, model, LIVE)
    await begin(connection, replay.id, models)
    await _fold_to_head(connection, replay.id, models)
    difference = await compare_tables(connection, models)
    await _go_on(
        connection, sql.note_difference, replay.id, _encode(difference).decode(), difference.position
    )
    if not await connection.fetchval(sql.select_swaps, replay.id):
        await _go_on(connection, sql.end_replay, replay.id, "ready", None)
    elif await swap(connection, replay.id, models):
        await send(redis, FOLDED, EVERYTHING)
    else:
        await _go_on(connection, sql.end_replay, replay.id, "ready", BUSY)


async def _fold_to_head(connection: Connection, id_: UUID, models: Models) -> None:
    """Fold, a range at a time, until only the events that arrived during the last range are left."""
    began, stalls = monotonic(), 0
    first = position = await _position(connection, models)
    while stalls <= STALLS_MAX:
        head = await read_head(connection)
        goal, scan = Position(min(head, position + REBUILD_EVENTS_MAX)), Scan()
        for model in models:
            await fold_rebuilt(connection, model, head=goal, scan=scan)
        before, position = position, await _position(connection, models)
        rate = (position - first) / (monotonic() - began) if position > first else None
        await _go_on(connection, sql.move_replay, id_, position, head, rate)
        if position >= head:
            return
        if position == before:
            stalls += 1
            await asyncio.sleep(STALL_S)
    message = f"positions are missing from the log behind {position}"
    raise RebuildError(message)


async def _position(connection: Connection, models: Models) -> Position:
    return Position(min([await reached(connection, model, schema_of(model)) for model in models]))


async def _go_on(connection: Connection, statement: str, id_: UUID, *arguments: object) -> None:
    """Write progress down.

    Raises:
        EndedError: the replay was ended meanwhile.
    """
    if await connection.fetchval(statement, id_, *arguments) is None:
        raise EndedError


async def _fail(connection: Connection, id_: UUID, defect: Exception) -> None:
    if await connection.fetchval(sql.end_replay, id_, "failed", repr(defect)) is not None:
        _log.error("a replay met a defect", replay=str(id_), exc_info=defect)
