"""Folds some subjects again into temporary tables and compares these with the live ones.

It reads one snapshot of log and tables, so no worker has to stop folding, and it writes nothing that stays.
"""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Connection
from projections import sql as shared
from projections.checking import sql
from projections.folding import run_steps
from projections.model import LIVE
from projections.quarantine.malformed import find_malformed
from projections.quarantine.refolding import show_only
from projections.registry import MODELS

ROWS_MAX: Final = 100
"""Rows of a table that are reported on either side."""

_START: Final = Position(0)

_decode: Final = msgspec.json.Decoder(dict[str, Any]).decode


class Drift(Struct, frozen=True, kw_only=True):
    """A difference between a read model and the log.

    Attributes:
        table: The table that differs.
        served: Rows that are there and should not be.
        missing: Rows that are not there and should be.
    """

    subject_id: SubjectId
    table: str
    served: Sequence[dict[str, Any]]
    missing: Sequence[dict[str, Any]]


class Look(Struct, frozen=True):
    """The result of checking some subjects.

    Attributes:
        drifts: The differences from the log.
        bad: Subjects with a malformed event that was not noticed when it was folded.
    """

    drifts: Sequence[Drift]
    bad: Sequence[SubjectId]


async def look_at(connection: Connection, subjects: Sequence[SubjectId]) -> Look:
    """Compare the read models with the log for these subjects; quarantined ones are left out.

    Raises:
        asyncpg.LockNotAvailableError: rebuilt tables are being swapped in.
        projections.quarantine.poison.UNFOLDABLE: one of the subjects cannot be folded.
    """
    transaction = connection.transaction(isolation="repeatable_read")
    await transaction.start()
    try:
        tables = [table for model in MODELS for table in model.tables]
        await connection.execute(
            sql.lock_tables.format(tables=", ".join(f"{LIVE}.{name}" for name in tables))
        )
        rows = await connection.fetch(sql.select_not_quarantined, subjects)
        return await _compare(connection, [row["subject_id"] for row in rows])
    finally:
        if not connection.is_closed():
            await transaction.rollback()
            await connection.execute(sql.forget_plans)


async def _compare(connection: Connection, subjects: Sequence[SubjectId]) -> Look:
    reached = {
        model: await connection.fetchval(shared.select_checkpoint, model.name, model.fingerprint)
        for model in MODELS
    }
    known = {model: position for model, position in reached.items() if position is not None}
    await connection.execute(sql.use_temporary)
    for model in known:
        await connection.execute(model.create)
    await connection.execute(sql.use_live)
    await show_only(connection, subjects)
    troubles = await find_malformed(connection, after=_START, to=max(known.values(), default=_START))
    bad = {trouble.subject_id for trouble in troubles}
    drifts: list[Drift] = []
    for model, position in known.items():
        await run_steps(connection, model.steps, after=_START, to=position)
        for table in model.tables:
            drifts += await _differences(connection, table, [each for each in subjects if each not in bad])
    return Look(drifts, sorted(bad))


async def _differences(connection: Connection, table: str, subjects: Sequence[SubjectId]) -> list[Drift]:
    live, anew = f"{LIVE}.{table}", f"pg_temp.{table}"
    found: dict[SubjectId, tuple[list[Any], list[Any]]] = {}
    for side, (one, other) in enumerate(((live, anew), (anew, live))):
        rows = await connection.fetch(sql.select_apart.format(one=one, other=other), subjects, ROWS_MAX)
        for row in rows:
            found.setdefault(row["subject_id"], ([], []))[side].append(_decode(row["content"]))
    return [
        Drift(subject_id=subject_id, table=table, served=served, missing=missing)
        for subject_id, (served, missing) in found.items()
    ]
