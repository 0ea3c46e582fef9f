"""Finds the positions of the events that a moderator asks for. Each question has an index that answers it."""

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
"""Up to so many rulings are each looked at for their tools; beyond that the search starts from the tool."""

EVENTS_LOOKED_AT_MAX: Final = 2_000
"""Up to so many events of a tool are all read; beyond that the search goes along the log."""

_RULINGS: Final = names_of("ruling")


class Wanted(Struct, frozen=True, kw_only=True):
    """Conditions on events; None means no condition.

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
    direction = "DESC" if newest_first else "ASC"  # the same indexes serve both
    tool, type_, voter = wanted.tool, wanted.type, wanted.voter
    batch = None if wanted.batch is None else str(wanted.batch)
    subject = None if tool is None else tool_subject(tool)
    if voter is not None:
        if batch is not None:
            return ()  # a ruling has no voter
        page = (after, to, limit, voter, subject, tool, type_)
        return _positions(
            await connection.fetch(sql.select_voter_positions.format(direction=direction), *page)
        )
    if tool is not None:
        page = (after, to, limit, subject, tool, type_, batch, EVENTS_LOOKED_AT_MAX)
        found = _positions(
            await connection.fetch(sql.select_tool_positions.format(direction=direction), *page)
        )
        if type_ is not None and type_ not in _RULINGS:
            return found
        if len(found) == limit:
            after, to = (Position(found[-1] - 1), to) if newest_first else (after, found[-1])
        page = (after, to, limit, tool, type_, batch, RULINGS_LOOKED_AT_MAX)
        found += _positions(
            await connection.fetch(sql.select_tool_rulings.format(direction=direction), *page)
        )
        return sorted(found, reverse=newest_first)[:limit]
    if type_ is not None or batch is not None:
        page = (after, to, limit, type_, batch)
        return _positions(await connection.fetch(sql.select_positions.format(direction=direction), *page))
    every = range(after + 1, to + 1)
    return [Position(position) for position in (every[::-1] if newest_first else every)[:limit]]


def _positions(rows: Sequence[Record]) -> list[Position]:
    return [Position(row["position"]) for row in rows]
