"""Looking back through the log, newest first; who asks for a standing is not kept waiting for all of it."""

from typing import Final

from msgspec import Struct

from events.ids import Position
from events.log.connection import Connection, Pool
from events.log.describe import Described, Standing, describe_page
from events.log.finding import Wanted

PIECE_EVENTS: Final = 500
PIECES_MAX: Final = 6
"""Standings are told event by event: so many pieces are looked through at a time, and no more."""


class Found(Struct, frozen=True):
    """What a look back found.

    Attributes:
        events: Newest first.
        rest: Events up to this position have not been looked at; None if there are no more to look at.
        full: Whether it ended because the page was full, not because it had looked long enough.
    """

    events: list[Described]
    rest: Position | None
    full: bool


async def look_back(
    connection: Connection | Pool,
    *,
    after: Position,
    to: Position,
    as_of: Position,
    wanted: Wanted,
    standing: Standing | None,
    limit: int,
) -> Found:
    """Find the last `limit` events with positions above `after` and up to `to`, newest first.

    Args:
        connection: Where to read.
        after: Position before the oldest event.
        to: Position of the newest event at most.
        as_of: The head that standings are told for.
        wanted: Only such events.
        standing: Only those that stand so; None asks for nothing.
        limit: Events at most.
    """
    piece = limit + 1 if standing is None else PIECE_EVENTS
    found: list[Described] = []
    for _ in range(PIECES_MAX):
        page = await describe_page(
            connection, after=after, to=to, as_of=as_of, wanted=wanted, limit=piece, newest_first=True
        )
        found += [event for event in page if standing in {None, event.standing}]
        if len(found) > limit:
            return Found(found[:limit], Position(found[limit - 1].position - 1), full=True)
        if len(page) < piece:
            return Found(found, None, full=False)
        to = Position(page[-1].position - 1)
    return Found(found, to, full=False)
