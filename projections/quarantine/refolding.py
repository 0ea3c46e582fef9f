"""Folds one subject again from the log into the live tables, and leaves all others alone.

A temporary view of this subject's events shadows the view that folds read, so the models' statements do it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from events.ids import Position, SubjectId
from events.log.audit import AuditLine, Author, write_audit
from events.log.connection import Connection, Pool
from projections import sql as shared
from projections.folding import run_steps
from projections.model import FOLD_LOCKS, ReadModel
from projections.quarantine import sql
from projections.quarantine.malformed import PoisonEvent, find_malformed
from projections.quarantine.poison import UNFOLDABLE, find_poison
from projections.quarantine.register import keep_or_release
from projections.ratings.storing import mark_stale
from projections.registry import MODELS

POISON_EVENTS_MAX: Final = 100
"""Poison events of one subject that may be found one after the other, each before the last one."""

_START: Final = Position(0)


async def refold(pool: Pool, subject_id: SubjectId, *, by: Author | None = None) -> PoisonEvent | None:
    """Fold a subject again in every model, up to the model's checkpoint or the subject's first poison event.

    No worker folds meanwhile. A subject without a poison event is released, another one is quarantined. The
    audit list names who ordered the retry (`by`), if anybody did.

    Returns:
        The subject's poison event; None if it has none.
    """
    async with pool.acquire() as connection, connection.transaction():
        reached = await _lock_models(connection)
        await show_only(connection, [subject_id])
        found = await find_malformed(connection, after=_START, to=max(reached.values(), default=_START))
        trouble = found[0] if found else None
        # Nothing has changed if the same event stopped the last try.
        if trouble is None or trouble.position != await connection.fetchval(sql.select_tried, subject_id):
            trouble = await _fold_anew(connection, subject_id, reached, trouble)
        await connection.execute(sql.show_all)
        await keep_or_release(connection, subject_id, trouble)
        await mark_stale(connection)
        if by is not None:
            await connection.execute("SET LOCAL synchronous_commit = on")
            detail = {"in_order": trouble is None}
            await write_audit(
                connection, AuditLine(by=by, action="set-aside-retried", what=str(subject_id), detail=detail)
            )
        return trouble


async def show_only(connection: Connection, subjects: Iterable[SubjectId]) -> None:
    """Let folds see the events of these subjects alone, until the transaction ends or drops the view."""
    await connection.execute(sql.show_only.format(subjects=",".join(map(str, subjects))))


async def _lock_models(connection: Connection) -> Mapping[str, Position]:
    """Keep all workers from folding, and return the checkpoint of each model that this build knows.

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
    connection: Connection,
    subject_id: SubjectId,
    reached: Mapping[str, Position],
    trouble: PoisonEvent | None,
) -> PoisonEvent | None:
    models = [model for model in MODELS if model.name in reached]
    for _ in range(POISON_EVENTS_MAX):
        poison = None
        for model in models:
            to = reached[model.name] if trouble is None else min(reached[model.name], trouble.position - 1)
            poison = await _fold_model_anew(connection, model, subject_id, to=Position(to))
            if poison is not None:
                trouble = poison
                break
        if poison is None:
            return trouble
    message = f"subject {subject_id} cannot be folded: it has too many poison events"
    raise RuntimeError(message)


async def _fold_model_anew(
    connection: Connection, model: ReadModel, subject_id: SubjectId, *, to: Position
) -> PoisonEvent | None:
    for table in model.tables:
        await connection.execute(sql.delete_subject.format(table=table), subject_id)

    async def fold(after: Position, to: Position) -> None:
        await run_steps(connection, model.steps, after=after, to=to)

    try:
        async with connection.transaction():
            await fold(_START, to)
    except UNFOLDABLE:
        poison = await find_poison(connection, fold, after=_START, to=to)
        if poison is None:
            raise
        return poison
    return None
