"""Folds the log into the read models: a range of positions in, upserts out.

Fold and checkpoint move in one transaction, under a lock that lets one worker at a time fold a given
model. So a fold may run twice or at the same time, and a crash neither counts an event twice nor skips one.
An event that cannot be folded puts its subject into quarantine, and the fold goes on without that subject.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from events.facts import RuleAdopted
from events.ids import RULE_SUBJECT, Position, SubjectId
from events.log.connection import Connection
from projections import cells, sql
from projections.model import FOLD_LOCKS, ReadModel, Step
from projections.quarantine.poison import UNFOLDABLE, find_poison
from projections.quarantine.register import quarantine
from projections.scan import Scan

FOLD_EVENTS_MAX: Final = 16 * cells.CELL_EVENTS
"""Events folded in one transaction: the more, the fewer rows are written for each. Whole cells, so that a
fold from the first event writes hardly any row of history twice."""

KEYS_MAX: Final = 50_000
"""Keys that one step takes at a time."""

STATEMENT_TIMEOUT_S: Final = 600
"""Far longer than a request would wait: one range may hold half a million rulings."""

POISON_EVENTS_MAX: Final = 100
"""Subjects that one failing fold may quarantine; each takes two more folds to find."""

KEPT_EVENTS_MIN: Final = 2_000
"""From so many events in a range on, it pays to keep their changes in a table."""

HINT_SUBJECTS_MAX: Final = 1_000


class Folded(Struct, frozen=True):
    """The result of one fold. `subjects` are those that changed; None if they are too many to name."""

    model: str
    position: Position
    subjects: list[SubjectId] | None


class BusyError(Exception):
    """Another worker is folding a model. It may have begun before the newest events, so try again."""


async def fold_next(
    connection: Connection, model: ReadModel, *, head: Position, scan: Scan | None = None
) -> Folded | None:
    """Fold the next range of up to `FOLD_EVENTS_MAX` events, not beyond `head`.

    Args:
        connection: One of the pool's; the fold is a transaction of its own.
        model: The model to fold.
        head: As `read_head` returned it.
        scan: Shared by the models that are folded in one go.

    Returns:
        None if there was nothing to do: the model has reached the head, the database has another definition
        of it, or the range is not complete yet.

    Raises:
        BusyError: another worker is folding it.
    """
    for _ in range(POISON_EVENTS_MAX):
        try:
            return await _fold_next(connection, model, head=head, scan=scan or Scan())
        except UNFOLDABLE:
            if not await _quarantine_poison(connection, model, head=head):
                raise
            scan = None
    return None


async def _fold_next(
    connection: Connection, model: ReadModel, *, head: Position, scan: Scan
) -> Folded | None:
    async with connection.transaction():
        found = await _lock_range(connection, model, head=head)
        if found is None:
            return None
        after, to = found
        subjects = await fold_range(connection, model, after=after, to=to, scan=scan)
        if subjects is None:
            return None
        await connection.execute(sql.move_checkpoint, model.name, to)
        found = await scan.look(connection, after, to)
    if found is not None and RuleAdopted.__name__ in found.types:
        subjects.add(RULE_SUBJECT)  # no model folds it: a score uses the rule when it is read
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


async def _quarantine_poison(connection: Connection, model: ReadModel, *, head: Position) -> bool:
    """Quarantine the subject whose event makes the next fold fail; False if no event is to blame.

    It is also false for an event that was already in quarantine, so that nobody tries for ever.
    """
    async with connection.transaction():
        found = await _lock_range(connection, model, head=head)
        if found is None:
            return True  # another worker has folded it
        after, to = found

        async def fold(after: Position, to: Position) -> None:
            await fold_range(connection, model, after=after, to=to, scan=Scan())

        poison = await find_poison(connection, fold, after=after, to=to)
        return poison is not None and await quarantine(connection, [poison])


async def fold_range(
    connection: Connection, model: ReadModel, *, after: Position, to: Position, scan: Scan
) -> set[SubjectId] | None:
    """Fold the events above `after` and up to `to` into the tables that the search path leads to.

    The caller's transaction holds a lock that keeps others from folding into them, and moves the checkpoint.

    Returns:
        The subjects that changed; None if the range is not complete yet, and nothing was folded.
    """
    found = await scan.look(connection, after, to)
    if found is None:
        return None
    await quarantine(connection, found.troubles)
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
    """Let each write compute the changes again: they are few, and a table would cost more."""
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
