"""Folds the log into the read models: a range of positions in, upserts out.

Fold and checkpoint move in one transaction, under a lock that lets one worker at a time fold a given
model. So a fold may run twice or at once, and a crash in between neither counts twice nor skips. An event
that cannot be folded sets its subject aside, and the fold goes on without.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from time import monotonic
from typing import Final

from msgspec import Struct

from events.facts import RuleAdopted
from events.ids import RULE_SUBJECT, Position, SubjectId
from events.log.connection import Connection, Pool
from events.log.reader import read_head
from projections import cells, sql
from projections.aside.culprit import UNFOLDABLE, find_culprit
from projections.aside.register import set_aside
from projections.census import Census
from projections.model import FOLD_LOCKS, ReadModel, Step
from projections.registry import MODELS, NAMES

FOLD_EVENTS_MAX: Final = 16 * cells.CELL_EVENTS
"""Events folded in one transaction: the more, the fewer rows are written for each. Whole cells, so that a
fold from the first event writes hardly any row of history twice."""

KEYS_MAX: Final = 50_000
"""Keys that one step takes at a time."""

STATEMENT_TIMEOUT_S: Final = 600
"""Longer than any answer that a request waits for: half a million rulings may stand in one range."""

CULPRITS_MAX: Final = 100
"""Subjects that one fold sets aside because it failed; each costs two folds more to find."""

KEPT_EVENTS_MIN: Final = 2_000
"""Events in a range from which on it pays to keep what they change in a table."""

HINT_SUBJECTS_MAX: Final = 1_000
BUSY_WAIT_S: Final = 0.01
STUCK_S: Final = 120.0


class Folded(Struct, frozen=True, array_like=True):
    """What one fold did. `subjects` changed; None stands for too many to name."""

    model: str
    position: Position
    subjects: list[SubjectId] | None


class BusyError(Exception):
    """Another worker is folding a model, so what has come since it began is still to be folded."""


async def fold_next(
    connection: Connection, model: ReadModel, *, head: Position, census: Census | None = None
) -> Folded | None:
    """Fold the next range of up to `FOLD_EVENTS_MAX` events, not beyond `head`.

    Args:
        connection: One of the pool's; the fold is a transaction of its own.
        model: What to fold.
        head: As `read_head` returned it.
        census: Shared by the models that are folded in one go.

    Returns:
        None when there was nothing to do here: the model has reached the head, it is defined otherwise in
        the database, or the range is not all there yet.

    Raises:
        BusyError: another worker is folding it.
    """
    for _ in range(CULPRITS_MAX):
        try:
            return await _fold_next(connection, model, head=head, census=census or Census())
        except UNFOLDABLE:
            if not await _set_culprit_aside(connection, model, head=head):
                raise
            census = None
    return None


async def _fold_next(
    connection: Connection, model: ReadModel, *, head: Position, census: Census
) -> Folded | None:
    async with connection.transaction():
        found = await _lock_range(connection, model, head=head)
        if found is None:
            return None
        after, to = found
        subjects = await fold_range(connection, model, after=after, to=to, census=census)
        if subjects is None:
            return None
        await connection.execute(sql.move_checkpoint, model.name, to)
        found = await census.look(connection, after, to)
    if found is not None and RuleAdopted.__name__ in found.types:
        subjects.add(RULE_SUBJECT)  # no model folds it: scores are made by it when they are read
    return Folded(model.name, to, list(subjects) if len(subjects) <= HINT_SUBJECTS_MAX else None)


async def _lock_range(
    connection: Connection, model: ReadModel, *, head: Position
) -> tuple[Position, Position] | None:
    if not await connection.fetchval(sql.try_fold_lock, FOLD_LOCKS, model.number):
        raise BusyError
    after = await connection.fetchval(sql.select_checkpoint, model.name, model.fingerprint)
    if after is None or after >= head:
        return None
    return Position(after), Position(min(head, after + FOLD_EVENTS_MAX))


async def _set_culprit_aside(connection: Connection, model: ReadModel, *, head: Position) -> bool:
    """Set the subject aside at whose event the next fold fails; False if no event is to blame.

    It is false, too, for an event that the fold should not have seen any more, so nobody tries for ever.
    """
    async with connection.transaction():
        found = await _lock_range(connection, model, head=head)
        if found is None:
            return True  # somebody else was at it
        after, to = found

        async def fold(after: Position, to: Position) -> None:
            await fold_range(connection, model, after=after, to=to, census=Census())

        culprit = await find_culprit(connection, fold, after=after, to=to)
        return culprit is not None and await set_aside(connection, [culprit])


async def fold_range(
    connection: Connection, model: ReadModel, *, after: Position, to: Position, census: Census
) -> set[SubjectId] | None:
    """Fold the events above `after` and up to `to` into the tables that the search path leads to.

    The caller's transaction holds a lock that keeps others from folding into them, and moves the checkpoint.

    Returns:
        The subjects that changed; None if the range is not all there yet, and nothing was folded.
    """
    found = await census.look(connection, after, to)
    if found is None:
        return None
    await set_aside(connection, found.troubles)
    steps = [step for step in model.steps if not found.types.isdisjoint(step.types)]
    if steps:
        await connection.execute(sql.use_log)
    return await run_steps(connection, steps, after=after, to=to)


async def run_steps(
    connection: Connection, steps: Sequence[Step], *, after: Position, to: Position
) -> set[SubjectId]:
    """Run steps one after the other; return which subjects changed."""
    subjects: set[SubjectId] = set()
    for step in steps:
        subjects |= await _fold_step(connection, step, after=after, to=to)
    return subjects


async def _fold_step(connection: Connection, step: Step, *, after: Position, to: Position) -> set[SubjectId]:
    arguments = (after, to, cells.CELL_EVENTS) if step.in_cells else (after, to)
    if not step.writes:
        return await _changed(connection, step.statement, arguments)
    if step.keys is None:
        write = _read_and_write if to - after < KEPT_EVENTS_MIN else _keep_and_write
        return await write(connection, step, arguments)
    subjects: set[SubjectId] = set()
    keys = await connection.cursor(step.keys, after, to)
    while page := await keys.fetch(KEYS_MAX, timeout=STATEMENT_TIMEOUT_S):
        subjects |= await _keep_and_write(connection, step, (*arguments, *zip(*page, strict=True)))
    return subjects


async def _read_and_write(connection: Connection, step: Step, arguments: Sequence[object]) -> set[SubjectId]:
    """Let each write read the changes for itself: they are few, and a table of them would cost more."""
    subjects: set[SubjectId] = set()
    for write in step.writes:
        statement = sql.with_changes.format(statement=step.statement, write=write)
        subjects |= await _changed(connection, statement, arguments)
    return subjects


async def _keep_and_write(connection: Connection, step: Step, arguments: Sequence[object]) -> set[SubjectId]:
    """Keep the changes in a table, which Postgres may fill on several cores, and let each write read that."""
    statement = sql.create_changes.format(statement=step.statement)
    await connection.execute(statement, *arguments, timeout=STATEMENT_TIMEOUT_S)
    subjects: set[SubjectId] = set()
    for write in step.writes:
        subjects |= await _changed(connection, write, ())
    await connection.execute(sql.drop_changes)
    return subjects


async def _changed(connection: Connection, statement: str, arguments: Sequence[object]) -> set[SubjectId]:
    rows = await connection.fetch(statement, *arguments, timeout=STATEMENT_TIMEOUT_S)
    return {SubjectId(row["subject_id"]) for row in rows}


async def catch_up(pool: Pool) -> AsyncIterator[Folded]:
    """Fold every model towards the head as it is now, as far as this worker may; yield each step.

    In order, and none beyond those before it: so the last one's checkpoint is the smallest, and a score of
    all of them is exact there in what changes most.

    Raises:
        BusyError: after the last step, if another worker was folding one of them: it may not know of the
            newest events.
    """
    busy: BusyError | None = None
    async with pool.acquire() as connection:
        head = await read_head(connection)
        census = Census()
        for model in MODELS:
            reached = Position(0)
            try:
                while reached < head and (
                    folded := await fold_next(connection, model, head=head, census=census)
                ):
                    reached = folded.position
                    yield folded
            except BusyError as error:
                busy = error
            if reached < head:
                reached = await connection.fetchval(sql.select_checkpoint, model.name, model.fingerprint)
                head = min(head, Position(reached or 0))
    if busy is not None:
        raise busy


async def reach(pool: Pool, position: Position) -> AsyncIterator[dict[str, Position]]:
    """Fold until every model has reached `position`, whoever folds it; yield the checkpoints meanwhile.

    Raises:
        TimeoutError: no model moved for `STUCK_S`, so none will.
    """
    last: dict[str, Position] = {}
    moved_at = monotonic()
    while monotonic() - moved_at < STUCK_S:
        with suppress(BusyError):
            async for _ in catch_up(pool):
                yield await checkpoints(pool)
        reached = await checkpoints(pool)
        yield reached
        if min(reached.values()) >= position:
            return
        if reached != last:
            last, moved_at = reached, monotonic()
        await asyncio.sleep(BUSY_WAIT_S)
    message = f"the read models stopped at {last} on their way to {position}"
    raise TimeoutError(message)


async def checkpoints(pool: Pool, names: Sequence[str] = NAMES) -> dict[str, Position]:
    """Read how far each registered model has folded; 0 for one that never has."""
    rows = await pool.fetch(sql.select_checkpoints, names)
    return {row["model"]: Position(row["position"]) for row in rows}
