"""Folds some subjects anew into temporary tables and compares these with the live ones.

It looks at one snapshot of log and tables, so nobody has to stop folding, and writes nothing that stays.
"""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Connection
from projections import sql as shared
from projections.aside.odd import find_odd
from projections.aside.refolding import show_only
from projections.checking import sql
from projections.folding import run_steps
from projections.registry import MODELS

LIVE: Final = "read"
ROWS_MAX: Final = 100
"""Rows of a table that are told on either side."""

_START: Final = Position(0)

_decode: Final = msgspec.json.Decoder(dict[str, Any]).decode


class Drift(Struct, frozen=True, kw_only=True):
    """By what a subject differs from the log.

    Attributes:
        table: Where it differs.
        served: Rows that stand there and should not.
        missing: Rows that should and do not.
    """

    subject_id: SubjectId
    table: str
    served: Sequence[dict[str, Any]]
    missing: Sequence[dict[str, Any]]


class Look(Struct, frozen=True):
    """What a look at some subjects gave.

    Attributes:
        drifts: By what they differ from the log.
        bad: Those with an event that no fold can take, which nobody noticed when it was folded.
    """

    drifts: Sequence[Drift]
    bad: Sequence[SubjectId]


async def look_at(connection: Connection, subjects: Sequence[SubjectId]) -> Look:
    """Compare what is served of these subjects with what the log comes to; those set aside are left out.

    Raises:
        asyncpg.LockNotAvailableError: rebuilt tables are being swapped in.
        projections.aside.culprit.UNFOLDABLE: one of the subjects cannot be folded.
    """
    transaction = connection.transaction(isolation="repeatable_read")
    await transaction.start()
    try:
        tables = [table for model in MODELS for table in model.table_names]
        await connection.execute(
            sql.lock_tables.format(tables=", ".join(f"{LIVE}.{name}" for name in tables))
        )
        rows = await connection.fetch(sql.select_not_aside, subjects)
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
        await connection.execute(model.tables)
    await connection.execute(sql.use_live)
    await show_only(connection, subjects)
    troubles = await find_odd(connection, after=_START, to=max(known.values(), default=_START))
    bad = {trouble.subject_id for trouble in troubles}
    drifts: list[Drift] = []
    for model, position in known.items():
        await run_steps(connection, model.steps, after=_START, to=position)
        for table in model.table_names:
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
