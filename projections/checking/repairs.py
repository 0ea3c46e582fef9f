"""Checks the next few subjects, logs what drifted as an error, and folds it again."""

from collections.abc import Sequence
from typing import Final

import asyncpg
import structlog
from redis.asyncio import Redis

from events.ids import SubjectId
from events.log.connection import Connection, Pool
from projections.checking import sql
from projections.checking.drift import Look, look_at
from projections.checking.rounds import next_few, note_checked
from projections.quarantine.poison import UNFOLDABLE
from projections.quarantine.retrying import retry

ROWS_TOLD_MAX: Final = 3

_log: Final = structlog.get_logger(__name__)


async def check_next(pool: Pool, redis: Redis) -> None:
    """Check the next few subjects and repair those that drifted, unless another worker is checking."""
    async with pool.acquire() as connection:
        if not await connection.fetchval(sql.try_check_lock):
            return
        try:
            await _check(connection, pool, redis)
        except asyncpg.LockNotAvailableError:
            _log.info("rebuilt tables are being swapped in; the check waits")
        finally:
            if not connection.is_closed():
                await connection.execute(sql.release_check_lock)


async def _check(connection: Connection, pool: Pool, redis: Redis) -> None:
    few = await next_few(connection)
    look, doubtful = await _look(connection, few.subjects)
    drifted = {drift.subject_id for drift in look.drifts}
    for drift in look.drifts:
        _log.error(
            "a read model has drifted from the log; it is folded again",
            subject=drift.subject_id,
            table=drift.table,
            served=drift.served[:ROWS_TOLD_MAX],
            log=drift.missing[:ROWS_TOLD_MAX],
        )
    await note_checked(connection, few, drift=len(drifted))
    for subject_id in sorted({*drifted, *doubtful}):
        await retry(pool, redis, subject_id)


async def _look(connection: Connection, subjects: Sequence[SubjectId]) -> tuple[Look, Sequence[SubjectId]]:
    """Check subjects, and name those that have to be folded again one by one."""
    try:
        look = await look_at(connection, subjects)
    except UNFOLDABLE:
        return Look((), ()), subjects
    return look, look.bad
