"""Finds the poison event that makes a fold fail, by halving the range, whatever the reason is."""

from collections.abc import Awaitable, Callable
from typing import Final

import asyncpg

from events.ids import Position, SubjectId
from events.log.connection import Connection
from projections.quarantine import sql
from projections.quarantine.malformed import PoisonEvent

UNFOLDABLE: Final = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.ProgramLimitExceededError,  # text too long for an index
)
"""The errors that the data of an event can cause. Any other error is a defect, or temporary."""

Fold = Callable[[Position, Position], Awaitable[object]]
"""Folds a range: above the first position, up to the second."""


async def find_poison(
    connection: Connection, fold: Fold, *, after: Position, to: Position
) -> PoisonEvent | None:
    """Return the first event above `after` and up to `to` that `fold` fails at, which it does in that range.

    All folding is rolled back. It takes about two folds of the range. Needs a transaction.

    Returns:
        None if every event can be folded alone, so that none of them is to blame.
    """
    tentative = connection.transaction()
    await tentative.start()
    try:
        while to - after > 1:
            middle = Position((after + to) // 2)
            if await _failure(connection, fold, after, middle) is None:
                after = middle
            else:
                to = middle
        error = await _failure(connection, fold, after, to)
    finally:
        await tentative.rollback()
    if error is None:
        return None
    row = await connection.fetchrow(sql.select_type, to)
    if row is None:
        return None
    return PoisonEvent(
        subject_id=SubjectId(row["subject_id"]), position=to, type=row["type"], error=_words(error)
    )


async def _failure(connection: Connection, fold: Fold, after: Position, to: Position) -> Exception | None:
    try:
        async with connection.transaction():
            await fold(after, to)
    except UNFOLDABLE as error:
        return error
    return None


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
