"""One snapshot of the read models to read the past in, and the position of a time."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct

from events.ids import Position
from events.log.connection import Connection, Pool
from events.log.reader import position_before
from projections import sql as shared
from projections.community import COMMUNITY
from projections.past import sql
from projections.rules.adoption import Adoptions, read_adoptions

At = Position | datetime
"""A position, or a time: then the last position recorded at that time or before."""

_TICK: Final = timedelta(microseconds=1)
"""Postgres' times have no finer parts."""

_LAST: Final = datetime.max.replace(tzinfo=UTC) - _TICK
"""Behind the last time of an event: folds refuse the year 9999."""


class State(Struct, frozen=True):
    """One snapshot of the read models.

    Attributes:
        connection: In a transaction that sees this state alone.
        known: Every event up to here is counted in; "as corrected" means by the rulings up to here.
        rules: The rule at each position up to there.
    """

    connection: Connection
    known: Position
    rules: Adoptions

    async def position(self, at: At) -> Position:
        """Return the position of a moment, at most the last one that is known."""
        if isinstance(at, datetime):
            at = await position_before(self.connection, min(at, _LAST) + _TICK)
        return Position(min(at, self.known))


@asynccontextmanager
async def open_state(pool: Pool, *, scratch: bool = False) -> AsyncGenerator[State]:
    """Open a snapshot of the read models; with `scratch`, temporary tables may be created in it."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=not scratch),
    ):
        await connection.execute(sql.lock_tables)
        [row] = await connection.fetch(shared.select_checkpoints, [COMMUNITY.name])
        known = Position(row["position"])
        yield State(connection, known, await read_adoptions(connection, to=known))
