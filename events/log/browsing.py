"""Reads the log newest first. A search by standing stops after a bounded number of events."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from events.facts import EventRetracted
from events.ids import Position
from events.log import sql
from events.log.connection import Connection, Pool
from events.log.describe import DescribedEvent, EventStanding, describe_some
from events.log.finding import Wanted, find_positions

PIECE_EVENTS: Final = 500
PIECES_MAX: Final = 6
"""Standings are computed event by event, so one search looks at no more than this many pieces."""

RETRACTIONS_MAX: Final = 50_000
"""Up to so many retractions are read to find the retracted events; beyond that the log is searched."""


class FoundEvents(Struct, frozen=True):
    """The result of a search.

    Attributes:
        events: Newest first.
        rest: Events up to this position have not been looked at; None if there are no more to look at.
        full: Whether it ended because the page was full, not because it reached its bound.
    """

    events: list[DescribedEvent]
    rest: Position | None
    full: bool


async def look_back(
    connection: Connection | Pool,
    *,
    after: Position,
    to: Position,
    as_of: Position,
    wanted: Wanted,
    standing: EventStanding | None,
    limit: int,
) -> FoundEvents:
    """Find the last `limit` events with positions above `after` and up to `to`, newest first.

    Args:
        connection: Where to read.
        after: Position before the oldest event.
        to: Position of the newest event at most.
        as_of: The head that standings are told for.
        wanted: Only such events.
        standing: Only those of this standing; None for all.
        limit: Events at most.
    """
    piece = limit + 1 if standing is None else PIECE_EVENTS
    ruled_on = None
    if standing == "retracted":
        ruled_on = await _ruled_on(connection, after=after, to=to, as_of=as_of, wanted=wanted)
    found: list[DescribedEvent] = []
    for _ in range(PIECES_MAX):
        if ruled_on is None:
            positions = await find_positions(
                connection, after=after, to=to, wanted=wanted, limit=piece, newest_first=True
            )
        else:
            positions, ruled_on = ruled_on[:piece], ruled_on[piece:]
        events = await describe_some(connection, positions, as_of=as_of)
        found += [
            event
            for event in reversed(events)
            if standing in {None, event.standing} and wanted.type in {None, event.type}
        ]
        if len(found) > limit:
            return FoundEvents(found[:limit], Position(found[limit - 1].position - 1), full=True)
        if len(positions) < piece:
            return FoundEvents(found, None, full=False)
        to = Position(positions[-1] - 1)
    return FoundEvents(found, to, full=False)


async def _ruled_on(
    connection: Connection | Pool, *, after: Position, to: Position, as_of: Position, wanted: Wanted
) -> Sequence[Position] | None:
    """Find the targets of all retractions, newest first; None if the log is searched sooner.

    A ruling is about the same tool as its target, and has a higher position.
    """
    if wanted.voter is not None or wanted.batch is not None:
        return None
    retractions = replace(wanted, type=EventRetracted.__name__)
    limit = RETRACTIONS_MAX + 1
    rulings = await find_positions(
        connection, after=after, to=as_of, wanted=retractions, limit=limit, newest_first=True
    )
    if len(rulings) == limit:
        return None
    return [
        Position(row["target"]) for row in await connection.fetch(sql.select_targets_of, rulings, after, to)
    ]
