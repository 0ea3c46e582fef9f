"""Compares rebuilt and live tables, subject by subject, for any model."""

from collections import defaultdict
from typing import Any, Final

import msgspec
from msgspec import Struct

from events.log.connection import Connection
from projections import sql as shared
from projections.model import LIVE, ReadModel
from projections.rebuilding import sql
from projections.rebuilding.beside import Models, align, held_still, schema_of
from projections.rebuilding.replays import Changed, Difference, Rows

SUBJECTS_MAX: Final = 100
"""Subjects that a difference names; all are counted."""

ROWS_MAX: Final = 20
"""Rows of one table that it shows of each subject."""

TIMEOUT_S: Final = 3_600.0

_decode: Final = msgspec.json.Decoder(dict[str, Any]).decode


class Pair(Struct, frozen=True):
    """A table of a model: its name, and how statements call the live and the rebuilt one."""

    name: str
    live: str
    rebuilt: str


async def compare_tables(connection: Connection, models: Models) -> Difference:
    """Bring live and rebuilt tables to the same position and tell by what they differ.

    No worker folds the live models while they are brought there. The comparison itself reads a snapshot,
    however long it takes.
    """
    await _analyze(connection, models)
    snapshot = connection.transaction(isolation="repeatable_read", readonly=True)
    async with held_still(connection):
        position = await align(connection, models)
        await snapshot.start()
        await connection.fetchval(shared.select_checkpoint, models[0].name, "")  # takes the snapshot
    try:
        items: list[Changed] = []
        count = 0
        for model in models:
            pairs = await _pairs(connection, model)
            apart = await _differing(connection, pairs)
            count += len(apart)
            items += await _told(connection, model, pairs, sorted(apart)[: SUBJECTS_MAX - len(items)])
    finally:
        await snapshot.rollback()
    return Difference(position=position, count=count, items=items)


async def _analyze(connection: Connection, models: Models) -> None:
    for model in models:
        for pair in await _pairs(connection, model):
            await connection.execute(sql.analyze_table.format(table=pair.rebuilt), timeout=TIMEOUT_S)


async def _pairs(connection: Connection, model: ReadModel) -> list[Pair]:
    live = {row["name"] for row in await connection.fetch(sql.select_tables, LIVE)}
    pairs: list[Pair] = []
    for name in model.tables:
        beside = f"{schema_of(model)}.{name}"
        # A live table that was dropped is treated as an empty one.
        there = f"{LIVE}.{name}" if name in live else f"(SELECT * FROM {beside} LIMIT 0) AS nothing"  # noqa: S608 - names of a catalogue
        pairs.append(Pair(name, there, beside))
    return pairs


async def _differing(connection: Connection, pairs: list[Pair]) -> set[int]:
    subjects: set[int] = set()
    for pair in pairs:
        statement = sql.select_differing.format(live=pair.live, rebuilt=pair.rebuilt)
        subjects.update(row["subject_id"] for row in await connection.fetch(statement, timeout=TIMEOUT_S))
    return subjects


async def _told(
    connection: Connection, model: ReadModel, pairs: list[Pair], subjects: list[int]
) -> list[Changed]:
    if not subjects:
        return []
    before: dict[int, Rows] = defaultdict(dict)
    after: dict[int, Rows] = defaultdict(dict)
    for pair in pairs:
        for found, one, other in ((before, pair.live, pair.rebuilt), (after, pair.rebuilt, pair.live)):
            statement = sql.select_rows_apart.format(one=one, other=other)
            for row in await connection.fetch(statement, subjects, ROWS_MAX, timeout=TIMEOUT_S):
                found[row["subject_id"]].setdefault(pair.name, []).append(_decode(row["content"]))
    slugs = {row["subject_id"]: row for row in await connection.fetch(sql.select_slugs, subjects)}
    names = {subject: _name(slugs.get(subject)) for subject in subjects}
    told = [
        Changed(
            model=model.name,
            tool=names[subject][0],
            panelist=names[subject][1],
            before=before[subject],
            after=after[subject],
        )
        for subject in subjects
    ]
    return sorted(told, key=lambda one: one.tool or one.panelist or "")


def _name(row: Any) -> tuple[str | None, str | None]:  # noqa: ANN401 - asyncpg's record
    if row is None:
        return None, None
    return (None, row["slug"]) if row["is_panelist"] else (row["slug"], None)
