"""Scans a range of the log once for all read models: is it complete, what is in it, and what is malformed?"""

from collections.abc import Sequence
from typing import Final

import structlog
from msgspec import Struct

from events.ids import Position
from events.kinds import names_of
from events.log.connection import Connection
from projections import sql
from projections.model import ANONYMOUS, RULED
from projections.quarantine.malformed import PoisonEvent, find_malformed

_VOTES: Final = frozenset[str](names_of("vote"))
_PREFERENCES: Final = frozenset[str](names_of("preference"))

_log: Final = structlog.get_logger(__name__)


class Contents(Struct, frozen=True):
    """The contents of a range.

    Attributes:
        types: Types of its events, both of votes and both of preferences where there is one,
            `ANONYMOUS` and `RULED`.
        troubles: The first malformed event of each subject.
    """

    types: frozenset[str]
    troubles: Sequence[PoisonEvent] = ()


class Scan:
    """Remembers what ranges hold, so that several models scan each only once.

    Events are immutable, so a range that was complete once stays complete.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[Position, Position], Contents] = {}

    async def look(self, connection: Connection, after: Position, to: Position) -> Contents | None:
        """Scan the range above `after` and up to `to`; None if an event is missing there."""
        found = self._found.get((after, to))
        if found is None:
            found = await _look(connection, after, to)
            if found is not None:
                self._found[after, to] = found
        return found


async def _look(connection: Connection, after: Position, to: Position) -> Contents | None:
    # Not fetchrow, whose limit of one row would keep Postgres to one core.
    [row] = await connection.fetch(sql.scan_range, after, to)
    if row["events"] != to - after:
        _log.error("positions are missing from the log; folding stops there", after=after, to=to)
        return None
    types = frozenset[str](row["types"] or ())
    troubles = await find_malformed(connection, after=after, to=to) if types or row["unusual"] else ()
    if row["events"] > row["named"] + row["preferences"]:
        types |= _VOTES
    if row["preferences"]:
        types |= _PREFERENCES
    if row["anonymous"]:
        types |= {ANONYMOUS}
    return Contents(types | {RULED} if row["rulings"] else types, troubles)
