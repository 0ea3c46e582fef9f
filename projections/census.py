"""Looks at a range of the log once for all read models: is it all there, what is in it, and what is amiss?"""

from collections.abc import Sequence
from typing import Final

import structlog
from msgspec import Struct

from events.ids import Position
from events.kinds import names_of
from events.log.connection import Connection
from projections import sql
from projections.aside.odd import Trouble, find_odd
from projections.model import ANONYMOUS, RULED

_VOTES: Final = frozenset[str](names_of("vote"))
_PREFERENCES: Final = frozenset[str](names_of("preference"))

_log: Final = structlog.get_logger(__name__)


class Found(Struct, frozen=True):
    """What is in a range.

    Attributes:
        types: Types of its events, both of votes and both of preferences where there is one,
            `ANONYMOUS` and `RULED`.
        troubles: The first event of each subject that no fold can take.
    """

    types: frozenset[str]
    troubles: Sequence[Trouble] = ()


class Census:
    """Knows what ranges hold, so that several models ask only once.

    Events are immutable, so what was once seen to be all there stays so.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[Position, Position], Found] = {}

    async def look(self, connection: Connection, after: Position, to: Position) -> Found | None:
        """Tell what the range above `after` and up to `to` holds; None if an event is missing there."""
        found = self._found.get((after, to))
        if found is None:
            found = await _look(connection, after, to)
            if found is not None:
                self._found[after, to] = found
        return found


async def _look(connection: Connection, after: Position, to: Position) -> Found | None:
    # Not fetchrow, whose limit of one row would keep Postgres to one core.
    [row] = await connection.fetch(sql.take_census, after, to)
    if row["events"] != to - after:
        _log.error("positions are missing from the log; folding stops there", after=after, to=to)
        return None
    types = frozenset[str](row["types"] or ())
    troubles = await find_odd(connection, after=after, to=to) if types or row["odd"] else ()
    if row["events"] > row["named"] + row["preferences"]:
        types |= _VOTES
    if row["preferences"]:
        types |= _PREFERENCES
    if row["anonymous"]:
        types |= {ANONYMOUS}
    return Found(types | {RULED} if row["rulings"] else types, troubles)
