"""Where the events stand that a moderator asks about; each question goes to the index that answers it."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from events.ids import Position, tool_subject
from events.kinds import names_of
from events.log import sql
from events.log.connection import Connection, Pool

RULINGS_LOOKED_AT_MAX: Final = 300
"""Rulings of which each is asked about its tools; if there are more, the tool is asked about its rulings."""

EVENTS_LOOKED_AT_MAX: Final = 2_000
"""Events of a tool that are all looked at; if it has more, they are looked for along the log."""

_RULINGS: Final = names_of("ruling")


class Wanted(Struct, frozen=True, kw_only=True):
    """What events must have in common; None asks for nothing.

    Attributes:
        tool: Slug of the tool they are about; a preference, and a ruling on one, is about both of its tools.
        type: Their type.
        voter: Pseudonym of the voter.
        batch: The batch of rulings they belong to.
    """

    tool: str | None = None
    type: str | None = None
    voter: UUID | None = None
    batch: UUID | None = None


async def find_positions(
    connection: Connection | Pool,
    *,
    after: Position,
    to: Position,
    wanted: Wanted,
    limit: int,
    newest_first: bool = False,
) -> Sequence[Position]:
    """Find the first events with positions above `after` and up to `to`, at most the head, in order.

    Args:
        connection: Where to look.
        after: Position before the first event.
        to: Position of the last event at most.
        wanted: Only such events.
        limit: Events at most.
        newest_first: Find the last ones in place of the first, from the last on.
    """
    turned = sql.newest_first if newest_first else str
    tool, type_, voter = wanted.tool, wanted.type, wanted.voter
    batch = None if wanted.batch is None else str(wanted.batch)
    subject = None if tool is None else tool_subject(tool)
    if voter is not None:
        if batch is not None:
            return ()  # rulings are no voter's
        page = (after, to, limit, voter, subject, tool, type_)
        return _positions(await connection.fetch(turned(sql.select_voter_positions), *page))
    if tool is not None:
        page = (after, to, limit, subject, tool, type_, batch, EVENTS_LOOKED_AT_MAX)
        found = _positions(await connection.fetch(turned(sql.select_tool_positions), *page))
        if type_ is not None and type_ not in _RULINGS:
            return found
        if len(found) == limit:
            after, to = (Position(found[-1] - 1), to) if newest_first else (after, found[-1])
        page = (after, to, limit, tool, type_, batch, RULINGS_LOOKED_AT_MAX)
        found += _positions(await connection.fetch(turned(sql.select_tool_rulings), *page))
        return sorted(found, reverse=newest_first)[:limit]
    if type_ is not None or batch is not None:
        page = (after, to, limit, type_, batch)
        return _positions(await connection.fetch(turned(sql.select_positions), *page))
    every = range(after + 1, to + 1)
    return [Position(position) for position in (every[::-1] if newest_first else every)[:limit]]


def _positions(rows: Sequence[Record]) -> list[Position]:
    return [Position(row["position"]) for row in rows]
