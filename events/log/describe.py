"""Events as outside programs read them: tools by slug, voters by pseudonym, each with its standing."""

from collections.abc import AsyncIterator, Iterable
from typing import Final, Literal

import msgspec
from asyncpg import Record
from msgspec import UNSET, Raw, Struct, UnsetType

from events.codec import CODEC, UndecodableEventError
from events.facts import AnyFact
from events.ids import Position
from events.kinds import names_of
from events.log import sql
from events.log.connection import Connection, Pool
from events.log.finding import Wanted, find_positions

PAGE_EVENTS_MAX: Final = 5_000

_OF_VOTERS: Final = frozenset[str](names_of("vote", "preference"))

EventStanding = Literal["counts", "superseded", "retracted"]
"""Whether an event counts, was retracted, or a later one of its stream that does count took its place: a new
vote replaces the one before it, a withdrawal what it withdraws, a revised or delisted entry the entry before
it, a ruling the one before on the same event."""

ALL: Final = Wanted()


class DescribedEvent(Struct, frozen=True, kw_only=True):
    """An event as outside programs read it.

    Attributes:
        tool: Slug of the tool it is about; None for a panelist's entry, and in a matchup.
        voter: Pseudonym of the voter; None unless it is a vote or preference.
        recorded_at: RFC 3339 in UTC, always with six digits of a second, so that text sorts as time does.
        occurred_at: The time that a client or an import claims, in the same form; left out without a claim.
        data: The event's data; as stored, if this build cannot read it.
        error: Why it cannot be read; left out if it can.
    """

    position: Position
    type: str
    tool: str | None
    voter: str | None
    recorded_at: str
    occurred_at: str | UnsetType = UNSET
    data: AnyFact | Raw
    standing: EventStanding
    error: str | UnsetType = UNSET


encode_described: Final = msgspec.json.Encoder().encode


async def describe_page(
    connection: Connection | Pool,
    *,
    after: Position,
    to: Position,
    as_of: Position,
    wanted: Wanted = ALL,
    limit: int = PAGE_EVENTS_MAX,
) -> list[DescribedEvent]:
    """Read up to `limit` events with positions above `after` and up to `to`, in order, readable or not.

    Args:
        connection: Where to read.
        after: Position before the first event.
        to: Position of the last event at most.
        as_of: The head that standings are told for; take it once for a whole walk, so that its pages agree.
        wanted: Only such events.
        limit: Events on the page.
    """
    positions = await find_positions(connection, after=after, to=to, wanted=wanted, limit=limit)
    return await describe_some(connection, positions, as_of=as_of)


async def describe_some(
    connection: Connection | Pool, positions: Iterable[Position], *, as_of: Position
) -> list[DescribedEvent]:
    """Read the events at these positions, in order; positions without an event are left out."""
    rows = await connection.fetch(sql.select_described, list(positions), as_of)
    return [_describe(row) for row in rows]


async def describe(
    connection: Connection, *, after: Position, to: Position, as_of: Position
) -> AsyncIterator[list[DescribedEvent]]:
    """Read all events with positions above `after` and up to `to`, page by page."""
    while after < to:
        page = await describe_page(connection, after=after, to=to, as_of=as_of)
        if not page:
            return
        yield page
        after = page[-1].position


def _describe(row: Record) -> DescribedEvent:
    data, error = _data(row)
    return DescribedEvent(
        position=row["position"],
        type=row["type"],
        tool=row["tool"],
        voter=str(row["actor_id"]) if row["type"] in _OF_VOTERS else None,
        recorded_at=row["recorded_at"],
        occurred_at=UNSET if row["occurred_at"] is None else row["occurred_at"],
        data=data,
        standing=row["standing"],
        error=error,
    )


def _data(row: Record) -> tuple[AnyFact | Raw, str | UnsetType]:
    try:
        return CODEC.decode(row["type"], row["schema"], row["data"]), UNSET
    except UndecodableEventError as error:
        return Raw(row["data"].encode()), str(error)
