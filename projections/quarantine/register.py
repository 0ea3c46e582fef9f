"""The quarantined subjects, since when and why. The only writer of `set_aside`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import structlog
from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Connection, Pool
from projections.quarantine import sql
from projections.quarantine.malformed import PoisonEvent

PAUSE_S: Final = 15.0
"""The pause before the second try at a subject; each further pause is twice as long."""

PAUSE_S_MAX: Final = 3_600.0

_log: Final = structlog.get_logger(__name__)


class Aside(Struct, frozen=True, kw_only=True):
    """A quarantined subject: its read models stand as they were before `position`.

    Attributes:
        subject: Its id as text, since JavaScript's numbers cannot hold it.
        tool: Its slug; None if it is a panelist or the log has no name for it.
        position: The position of its poison event.
        since: When it was quarantined.
        tries: How often folding it again failed.
        retry_at: When the workers will try again.
    """

    subject: str
    tool: str | None = None
    panelist: str | None = None
    position: Position
    type: str
    error: str
    since: datetime
    tries: int
    retry_at: datetime


async def quarantine(connection: Connection, troubles: Iterable[PoisonEvent]) -> bool:
    """Quarantine subjects, each from its poison event on; tell whether any is new."""
    told = False
    for trouble in troubles:
        row = await connection.fetchrow(
            sql.quarantine_subject, trouble.subject_id, trouble.position, trouble.type, trouble.error
        )
        if row is not None:
            told = True
            _log.error(
                "a subject is quarantined, for one of its events cannot be folded",
                subject=trouble.subject_id,
                slug=row["slug"],
                position=trouble.position,
                type=trouble.type,
                error=trouble.error,
            )
    return told


async def keep_or_release(connection: Connection, subject_id: SubjectId, trouble: PoisonEvent | None) -> None:
    """Note the result of folding a subject again: keep it in quarantine, or release it."""
    if trouble is None:
        if await connection.fetchval(sql.release_subject, subject_id) is not None:
            _log.info("a subject is folded again", subject=subject_id)
    elif not await quarantine(connection, [trouble]):
        await connection.execute(
            sql.keep_quarantined,
            subject_id,
            trouble.position,
            trouble.type,
            trouble.error,
            PAUSE_S,
            PAUSE_S_MAX,
        )


async def due(pool: Pool, *, limit: int) -> list[SubjectId]:
    """Return up to `limit` subjects that are due for a retry."""
    return [SubjectId(row["subject_id"]) for row in await pool.fetch(sql.select_due, limit)]


async def count_quarantined(pool: Pool) -> int:
    """Count the quarantined subjects."""
    return await pool.fetchval(sql.count_quarantined)


async def read_quarantine(pool: Pool, *, after: Position, limit: int) -> Sequence[Aside]:
    """List up to `limit` quarantined subjects with poison events above `after`, in the order of these."""
    return await _read(pool, None, after, limit)


async def read_quarantined(pool: Pool, subject_id: SubjectId) -> Aside | None:
    """Read one subject; None if it is not quarantined."""
    return next(iter(await _read(pool, subject_id, Position(0), 1)), None)


async def _read(pool: Pool, subject_id: SubjectId | None, after: Position, limit: int) -> Sequence[Aside]:
    return [
        Aside(
            subject=str(row["subject_id"]),
            tool=None if row["opening"] == "PanelistSeated" else row["slug"],
            panelist=row["slug"] if row["opening"] == "PanelistSeated" else None,
            position=row["position"],
            type=row["type"],
            error=row["error"],
            since=row["since"],
            tries=row["tries"],
            retry_at=row["retry_at"],
        )
        for row in await pool.fetch(sql.select_quarantined, subject_id, after, limit)
    ]
