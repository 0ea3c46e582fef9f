"""Waits until the read models know the moment that a reader asks for."""

import asyncio
from datetime import datetime
from typing import Annotated, Final

from msgspec import Meta, Struct

from events.ids import Position
from events.log.connection import Pool
from events.log.reader import read_head
from projections.catching_up import checkpoints
from projections.past.moments import At
from service.http import parameters
from service.http.problems import BadParameterError, NotCaughtUpError
from service.http.query import Reads

LOOK_S: Final = 0.05
LOOKS_MAX: Final = 200


class Moment(Struct, frozen=True):
    """The state that a reader asks for; `corrected` is by the rulings known now, not by those known then."""

    at: At
    corrected: bool


class MomentQuery(Struct, frozen=True, kw_only=True):
    """The query parameters of a read that can go back in time."""

    as_of: Annotated[
        Position | datetime | None,
        Reads(parameters.moment, {"type": "string"}),
        Meta(
            description="A position, or an RFC 3339 time: the score as it was there.",
            examples=["120345", "2026-11-22T12:00:00Z"],
        ),
    ] = None
    corrected: Annotated[
        bool | None,
        Reads(parameters.flag, {"type": "boolean", "default": False}),
        Meta(description="With `as_of`: by the rulings known now, not by those known then."),
    ] = None

    @property
    def moment(self) -> Moment | None:
        """The moment that the request asks for; None is now.

        Raises:
            BadParameterError: `corrected` comes alone.
        """
        if self.as_of is None and self.corrected is not None:
            message = "corrected goes with as_of: the present is corrected anyway."
            raise BadParameterError(message)
        return None if self.as_of is None else Moment(self.as_of, self.corrected or False)


async def reach_moment(pool: Pool, moment: Moment) -> None:
    """Wait until the read models know all events up to a moment, and all rulings if it is corrected.

    Raises:
        BadParameterError: the position lies beyond the log's end.
        NotCaughtUpError: they did not get there in time.
    """
    at = moment.at
    if isinstance(at, int) and not moment.corrected and await _known(pool) >= at:
        return
    async with pool.acquire() as connection:
        head = await read_head(connection)
    if isinstance(at, int) and at > head:
        message = f"The log ends at position {head}; as_of names {at}."
        raise BadParameterError(message)
    await wait_for_models(pool, at if isinstance(at, int) and not moment.corrected else head)


async def reach_head(pool: Pool) -> None:
    """Wait until the read models know everything that is in the log now.

    Raises:
        NotCaughtUpError: they did not get there in time.
    """
    async with pool.acquire() as connection:
        head = await read_head(connection)
    await wait_for_models(pool, head)


async def wait_for_models(pool: Pool, position: Position) -> None:
    """Wait until the read models have reached a position.

    Raises:
        NotCaughtUpError: they did not get there in time.
    """
    for _ in range(LOOKS_MAX):
        if await _known(pool) >= position:
            return
        await asyncio.sleep(LOOK_S)
    message = f"The read models did not reach position {position} in time; try again in a moment."
    raise NotCaughtUpError(message)


async def _known(pool: Pool) -> Position:
    return min((await checkpoints(pool)).values())
