"""Who is set aside, since when and why. The only writer of `set_aside`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import structlog
from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Connection, Pool
from projections.aside import sql
from projections.aside.odd import Trouble

PAUSE_S: Final = 15.0
"""Before the second try at a subject; each further one waits twice as long as the one before."""

PAUSE_S_MAX: Final = 3_600.0

_log: Final = structlog.get_logger(__name__)


class Aside(Struct, frozen=True, kw_only=True):
    """A subject that is set aside: it stands as it stood before `position`.

    Attributes:
        subject: Its id, as text: JavaScript's numbers are too coarse for it.
        tool: Its slug; None if it is a panelist, or nothing that the log knows.
        position: Of the first event that cannot be folded.
        since: When it was set aside.
        tries: How often it was folded anew in vain.
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


async def set_aside(connection: Connection, troubles: Iterable[Trouble]) -> bool:
    """Set subjects aside, each from its bad event on; tell whether any was not before."""
    told = False
    for trouble in troubles:
        row = await connection.fetchrow(
            sql.set_aside, trouble.subject_id, trouble.position, trouble.type, trouble.error
        )
        if row is not None:
            told = True
            _log.error(
                "a subject is set aside, for one of its events cannot be folded",
                subject=trouble.subject_id,
                slug=row["slug"],
                position=trouble.position,
                type=trouble.type,
                error=trouble.error,
            )
    return told


async def keep_or_take_back(connection: Connection, subject_id: SubjectId, trouble: Trouble | None) -> None:
    """Note what came of folding a subject anew: in trouble, still or now, or in order."""
    if trouble is None:
        if await connection.fetchval(sql.take_back, subject_id) is not None:
            _log.info("a subject is folded again", subject=subject_id)
    elif not await set_aside(connection, [trouble]):
        await connection.execute(
            sql.keep_aside, subject_id, trouble.position, trouble.type, trouble.error, PAUSE_S, PAUSE_S_MAX
        )


async def due(pool: Pool, *, limit: int) -> list[SubjectId]:
    """Return up to `limit` subjects whose pause is over."""
    return [SubjectId(row["subject_id"]) for row in await pool.fetch(sql.select_due, limit)]


async def count_aside(pool: Pool) -> int:
    """Count the subjects that are set aside."""
    return await pool.fetchval(sql.count_aside)


async def read_aside(pool: Pool, *, after: Position, limit: int) -> Sequence[Aside]:
    """List up to `limit` subjects that are set aside because of an event above `after`, in order of these."""
    return await _read(pool, None, after, limit)


async def find_aside(pool: Pool, subject_id: SubjectId) -> Aside | None:
    """Read one subject; None if it is not set aside."""
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
        for row in await pool.fetch(sql.select_aside, subject_id, after, limit)
    ]
