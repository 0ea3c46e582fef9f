"""Reads events by position."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

from asyncpg import Record

from events.codec import CODEC, Event
from events.ids import ActorId, Position, SubjectId
from events.log import sql
from events.log.connection import Connection

PAGE_EVENTS_MAX: Final = 1_000


async def read_head(connection: Connection) -> Position:
    """Return the last position that every reader can see.

    Waits for an append in flight, so that up to the answer nothing is missing on any node.
    """
    async with connection.transaction():
        await connection.execute(sql.share_head)
        head = await connection.fetchrow(sql.select_head)
    return Position(head["position"] if head else 0)


async def position_before(connection: Connection, time: datetime) -> Position:
    """Return the last position recorded before a time, 0 if there is none."""
    return Position(await connection.fetchval(sql.select_position_before, time))


async def read_page(
    connection: Connection, *, after: Position, to: Position, limit: int = PAGE_EVENTS_MAX
) -> list[Event]:
    """Read up to `limit` events with positions above `after` and up to `to`, in order.

    Raises:
        UndecodableEventError: an event on the page cannot be read by this build.
    """
    return [_event(row) for row in await connection.fetch(sql.select_events, after, to, limit)]


async def follow(connection: Connection, *, after: Position, to: Position) -> AsyncIterator[list[Event]]:
    """Read all events with positions above `after` and up to `to`, page by page.

    For a reader that must not skip any event. Nothing in the application reads the log like this: folds are
    SQL and quarantine a subject, and `events.log.describe` returns unreadable data as they are stored.

    Raises:
        UndecodableEventError: as `read_page`, with everything up to the page before yielded.
    """
    while after < to:
        page = await read_page(connection, after=after, to=to)
        if not page:
            return
        yield page
        after = page[-1].position


def _event(row: Record) -> Event:
    return Event(
        position=Position(row["position"]),
        subject_id=SubjectId(row["subject_id"]),
        actor_id=ActorId(row["actor_id"]),
        version=row["version"],
        recorded_at=row["recorded_at"],
        occurred_at=row["occurred_at"],
        fact=CODEC.decode(row["type"], row["schema"], row["data"]),
    )
