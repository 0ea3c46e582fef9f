"""Waits until the read models know the moment that a reader asks for."""

import asyncio
from typing import Final

from msgspec import Struct

from events.ids import Position
from events.log.connection import Pool
from events.log.reader import read_head
from projections.catching_up import checkpoints
from projections.past.moments import At
from service.http import parameters
from service.http.problems import BadParameterError, NotCaughtUpError

LOOK_S: Final = 0.05
LOOKS_MAX: Final = 200


class Moment(Struct, frozen=True):
    """The state that a reader asks for; `corrected` is by the rulings known now, not by those known then."""

    at: At
    corrected: bool


def moment(asked: dict[str, str]) -> Moment | None:
    """Read `as_of` and `corrected`; None is now.

    Raises:
        BadParameterError: one of them is malformed, or `corrected` comes alone.
    """
    at, corrected = parameters.moment(asked, "as_of"), parameters.flag(asked, "corrected")
    if at is None and "corrected" in asked:
        message = "corrected goes with as_of: the present is corrected anyway."
        raise BadParameterError(message)
    return None if at is None else Moment(at, corrected)


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
    await reach(pool, at if isinstance(at, int) and not moment.corrected else head)


async def reach_head(pool: Pool) -> None:
    """Wait until the read models know everything that is in the log now.

    Raises:
        NotCaughtUpError: they did not get there in time.
    """
    async with pool.acquire() as connection:
        head = await read_head(connection)
    await reach(pool, head)


async def reach(pool: Pool, position: Position) -> None:
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
