"""Finds malformed events, which no fold can take: they cannot be decoded, or they make no sense.

Votes and preferences in the usual form are not read; indexes lead to the others.
"""

from typing import Final

from asyncpg import Record
from msgspec import Struct

from events.codec import CODEC, UndecodableEventError
from events.facts import RuleAdopted
from events.ids import Position, SubjectId
from events.log.connection import Connection
from projections.quarantine import sql
from projections.rules.registry import RuleNotFoundError, rule_named

PAGE_EVENTS_MAX: Final = 5_000


class PoisonEvent(Struct, frozen=True, kw_only=True):
    """An event that cannot be folded, and the reason."""

    subject_id: SubjectId
    position: Position
    type: str
    error: str


async def find_malformed(connection: Connection, *, after: Position, to: Position) -> list[PoisonEvent]:
    """Return the first malformed event of each subject above `after` and up to `to`.

    Reads what `events` means in the search path. Needs a transaction.
    """
    first: dict[SubjectId, PoisonEvent] = {}
    cursor = await connection.cursor(sql.select_malformed, after, to)
    while page := await cursor.fetch(PAGE_EVENTS_MAX):
        for row in page:
            error = _error(row)
            known = first.get(row["subject_id"])
            if error is not None and (known is None or row["position"] < known.position):
                trouble = PoisonEvent(
                    subject_id=row["subject_id"], position=row["position"], type=row["type"], error=error
                )
                first[trouble.subject_id] = trouble
    return sorted(first.values(), key=lambda trouble: trouble.position)


def _error(row: Record) -> str | None:
    try:
        fact = CODEC.decode(row["type"], row["schema"], row["data"])
        CODEC.check_form(fact, row["data"])
        if isinstance(fact, RuleAdopted):
            rule_named(fact.rule)
    except (UndecodableEventError, RuleNotFoundError) as error:
        return str(error)
    if row["untimely"]:
        return "its time lies outside of the years 1 to 9998"
    if row["stray"]:
        return "its target is not a vote, preference or review before it in its stream"
    return None
