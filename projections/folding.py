"""Folds the log into the read models: a range of positions in, upserts out.

Fold and checkpoint move in one transaction, under a lock that lets one worker at a time fold a given
model. So a fold may run twice or at once, and a crash in between neither counts twice nor skips.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Final

from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Connection, Pool
from events.log.reader import read_head
from projections import sql
from projections.model import FOLD_LOCKS, ReadModel
from projections.registry import MODELS, NAMES

FOLD_EVENTS_MAX: Final = 50_000
"""Events folded in one transaction: enough to be fast far behind the head, few enough to stay brief."""

HINT_SUBJECTS_MAX: Final = 1_000
BUSY_WAIT_S: Final = 0.01


class Folded(Struct, frozen=True, array_like=True):
    """What one fold did. `subjects` changed; None stands for too many to name."""

    model: str
    position: Position
    subjects: list[SubjectId] | None


async def fold_next(connection: Connection, model: ReadModel, *, head: Position) -> Folded | None:
    """Fold the next range of up to `FOLD_EVENTS_MAX` events, not beyond `head`.

    Returns:
        None when there was nothing to do here: the model has reached the head, another worker is
        folding it, it is defined otherwise in the database, or the range is not all there yet.
    """
    async with connection.transaction():
        if not await connection.fetchval(sql.try_fold_lock, FOLD_LOCKS, model.number):
            return None
        after = await connection.fetchval(sql.select_checkpoint, model.name, model.fingerprint)
        if after is None or after >= head:
            return None
        to = Position(min(head, after + FOLD_EVENTS_MAX))
        found = await connection.fetchrow(sql.select_range, after, to, model.types)
        if found is None or found["events"] != to - after:
            return None
        subjects: set[SubjectId] = set()
        if found["concerned"]:
            for statement in model.folds:
                rows = await connection.fetch(statement, after, to)
                subjects.update(SubjectId(row["subject_id"]) for row in rows)
        await connection.execute(sql.move_checkpoint, model.name, to)
    return Folded(model.name, to, list(subjects) if len(subjects) <= HINT_SUBJECTS_MAX else None)


async def catch_up(pool: Pool) -> AsyncIterator[Folded]:
    """Fold every model towards the head as it is now, as far as this worker may; yield each step."""
    async with pool.acquire() as connection:
        head = await read_head(connection)
        for model in MODELS:
            reached = Position(0)
            while reached < head and (folded := await fold_next(connection, model, head=head)):
                reached = folded.position
                yield folded


async def reach(pool: Pool, position: Position) -> AsyncIterator[dict[str, Position]]:
    """Fold until every model has reached `position`, whoever folds it; yield the checkpoints meanwhile."""
    while True:
        async for _ in catch_up(pool):
            yield await checkpoints(pool)
        reached = await checkpoints(pool)
        yield reached
        if min(reached.values()) >= position:
            return
        await asyncio.sleep(BUSY_WAIT_S)


async def checkpoints(pool: Pool, names: Sequence[str] = NAMES) -> dict[str, Position]:
    """Read how far each registered model has folded; 0 for one that never has."""
    rows = await pool.fetch(sql.select_checkpoints, names)
    return {row["model"]: Position(row["position"]) for row in rows}
