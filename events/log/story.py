"""One event with its stream, and why it has its standing."""

from datetime import datetime
from typing import Final

from asyncpg import Record
from msgspec import UNSET, Raw, Struct

from events.codec import CODEC, Event
from events.ids import ActorId, Position, SubjectId
from events.log import sql
from events.log.connection import Connection
from events.log.describe import DescribedEvent, describe_some

NEIGHBOURS_MAX: Final = 100
"""Events of the stream before the one asked for, and likewise after it."""


class Story(Struct, frozen=True, kw_only=True):
    """An event and its later history.

    Attributes:
        stored: Its canonical JSON; its stored data, if this build cannot read it.
        ruling: The last ruling on it; None if there was none.
        successor: The event that superseded it, if any.
        stream: The event and those around it in its stream, in order.
        earlier: How many more the stream has before those.
        later: How many more it has after them.
    """

    event: DescribedEvent
    stored: str
    ruling: DescribedEvent | None
    successor: DescribedEvent | None
    stream: list[DescribedEvent]
    earlier: int
    later: int


async def read_story(connection: Connection, position: Position, *, as_of: Position) -> Story | None:
    """Read the story of the event at a position, as known at `as_of`; None if there is no such event."""
    rows = await connection.fetch(sql.select_stream, position, as_of, NEIGHBOURS_MAX)
    if not rows:
        return None
    stream = [Position(row["position"]) for row in rows]
    described = {each.position: each for each in await describe_some(connection, stream, as_of=as_of)}
    event, own = described[position], rows[stream.index(position)]
    superseded = event.standing == "superseded"
    return Story(
        event=event,
        stored=_stored(event, own),
        ruling=await _find(connection, sql.select_last_ruling, position, as_of),
        successor=await _find(connection, sql.select_successor, position, as_of) if superseded else None,
        stream=[described[each] for each in stream],
        earlier=rows[0]["version"] - 1,
        later=own["last_version"] - rows[-1]["version"],
    )


async def _find(
    connection: Connection, statement: str, position: Position, as_of: Position
) -> DescribedEvent | None:
    found = await connection.fetchval(statement, position, as_of)
    return None if found is None else (await describe_some(connection, [found], as_of=as_of))[0]


def _stored(event: DescribedEvent, row: Record) -> str:
    data = event.data
    if isinstance(data, Raw):
        return bytes(data).decode()
    try:
        recorded_at = datetime.fromisoformat(event.recorded_at)
        occurred_at = None if event.occurred_at is UNSET else datetime.fromisoformat(event.occurred_at)
    except ValueError:  # a time that Python cannot tell
        return CODEC.encode(data)[2]
    canonical = CODEC.canonical(
        Event(
            position=event.position,
            subject_id=SubjectId(row["subject_id"]),
            actor_id=ActorId(row["actor_id"]),
            version=row["version"],
            recorded_at=recorded_at,
            occurred_at=occurred_at,
            fact=data,
        )
    )
    return canonical.decode()
