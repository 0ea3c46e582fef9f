"""Looks at a range of the log once for all read models: is it all there, and what is in it?"""

from typing import Final

import structlog

from events.facts import VoteCast, VoteWithdrawn
from events.ids import Position
from events.log.connection import Connection
from projections import sql
from projections.model import RULED

_VOTES: Final = frozenset({VoteCast.__name__, VoteWithdrawn.__name__})

_log: Final = structlog.get_logger(__name__)


class Census:
    """Knows which types of events ranges hold, so that several models ask only once.

    Events are immutable, so what was once seen to be all there stays so.
    """

    def __init__(self) -> None:
        self._types: dict[tuple[Position, Position], frozenset[str]] = {}

    async def types(self, connection: Connection, after: Position, to: Position) -> frozenset[str] | None:
        """Name the types of events in the range above `after` and up to `to`.

        Returns:
            The types, both of votes where there is any vote, and `RULED`; None if an event is missing there.
        """
        found = self._types.get((after, to))
        if found is None:
            found = await _look(connection, after, to)
            if found is not None:
                self._types[after, to] = found
        return found


async def _look(connection: Connection, after: Position, to: Position) -> frozenset[str] | None:
    # Not fetchrow, whose limit of one row would keep Postgres to one core.
    [row] = await connection.fetch(sql.take_census, after, to)
    if row["events"] != to - after:
        _log.error("positions are missing from the log; folding stops there", after=after, to=to)
        return None
    types = frozenset[str](row["types"] or ())
    if row["events"] > row["named"]:
        types |= _VOTES
    return types | {RULED} if row["rulings"] else types
