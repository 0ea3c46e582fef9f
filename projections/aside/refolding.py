"""Folds one subject anew from the log into the live tables, and leaves all others alone.

A view of this subject's events alone shadows the one that folds read, so the models' own statements do it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from events.ids import Position, SubjectId
from events.log.audit import Author, Line, note
from events.log.connection import Connection, Pool
from projections import sql as shared
from projections.aside import sql
from projections.aside.culprit import UNFOLDABLE, find_culprit
from projections.aside.odd import Trouble, find_odd
from projections.aside.register import keep_or_take_back
from projections.folding import run_steps
from projections.model import FOLD_LOCKS, ReadModel
from projections.ratings.storing import mark_stale
from projections.registry import MODELS

CULPRITS_MAX: Final = 100
"""Bad events of one subject that may come to light one behind the other, each ahead of the last."""

_START: Final = Position(0)


async def refold(pool: Pool, subject_id: SubjectId, *, by: Author | None = None) -> Trouble | None:
    """Fold a subject anew in every model, up to where the model is, and no further than its first bad event.

    Nobody folds meanwhile. If it is all in order it is no longer set aside, otherwise it is. The audit list
    tells who ordered it (`by`), unless it was nobody.

    Returns:
        What is wrong with the subject; None if it is in order.
    """
    async with pool.acquire() as connection, connection.transaction():
        reached = await _lock_models(connection)
        await show_only(connection, [subject_id])
        found = await find_odd(connection, after=_START, to=max(reached.values(), default=_START))
        trouble = found[0] if found else None
        # Nothing has changed where the same event was in the way the last time, too.
        if trouble is None or trouble.position != await connection.fetchval(sql.select_tried, subject_id):
            trouble = await _fold_anew(connection, subject_id, reached, trouble)
        await connection.execute(sql.show_all)
        await keep_or_take_back(connection, subject_id, trouble)
        await mark_stale(connection)
        if by is not None:
            await connection.execute("SET LOCAL synchronous_commit = on")
            detail = {"in_order": trouble is None}
            await note(
                connection, Line(by=by, action="set-aside-retried", what=str(subject_id), detail=detail)
            )
        return trouble


async def show_only(connection: Connection, subjects: Iterable[SubjectId]) -> None:
    """Let folds see the events of these subjects alone, until the transaction ends or drops the view."""
    await connection.execute(sql.show_only.format(subjects=",".join(map(str, subjects))))


async def _lock_models(connection: Connection) -> Mapping[str, Position]:
    """Keep everybody else from folding, and return how far each model is that this build knows.

    The last model comes first, as in `projections.rebuilding.beside.held_still`: else the two would wait for
    each other.
    """
    reached: dict[str, Position] = {}
    for model in reversed(MODELS):
        await connection.execute(sql.lock_model, FOLD_LOCKS, model.number)
        position = await connection.fetchval(shared.select_checkpoint, model.name, model.fingerprint)
        if position is not None:
            reached[model.name] = Position(position)
    return reached


async def _fold_anew(
    connection: Connection, subject_id: SubjectId, reached: Mapping[str, Position], trouble: Trouble | None
) -> Trouble | None:
    models = [model for model in MODELS if model.name in reached]
    for _ in range(CULPRITS_MAX):
        culprit = None
        for model in models:
            to = reached[model.name] if trouble is None else min(reached[model.name], trouble.position - 1)
            culprit = await _fold_model_anew(connection, model, subject_id, to=Position(to))
            if culprit is not None:
                trouble = culprit
                break
        if culprit is None:
            return trouble
    message = f"subject {subject_id} cannot be folded: one bad event comes to light behind the other"
    raise RuntimeError(message)


async def _fold_model_anew(
    connection: Connection, model: ReadModel, subject_id: SubjectId, *, to: Position
) -> Trouble | None:
    for table in model.table_names:
        await connection.execute(sql.delete_subject.format(table=table), subject_id)

    async def fold(after: Position, to: Position) -> None:
        await run_steps(connection, model.steps, after=after, to=to)

    try:
        async with connection.transaction():
            await fold(_START, to)
    except UNFOLDABLE:
        culprit = await find_culprit(connection, fold, after=_START, to=to)
        if culprit is None:
            raise
        return culprit
    return None
