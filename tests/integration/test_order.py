"""Positions without gaps and times that never run back, whoever writes."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from events.log.commands import Appended
from events.log.writer import Writer
from service.commands.votes import CastVote
from tests.support.flood import flood
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, head, is_gapless, positions
from tests.support.votes import ship, skip

BACKWARDS = """
SELECT count(*) FROM (
    SELECT recorded_at < lag(recorded_at) OVER (ORDER BY position) AS backwards FROM log.events
) AS steps WHERE backwards
"""


async def write_in_turn(writer: Writer, orders: Sequence[CastVote]) -> list[Appended]:
    """Submit each order once the one before it is answered."""
    answers = [(await write(writer, order))[0] for order in orders]
    return [answer for answer in answers if isinstance(answer, Appended)]


async def test_two_writers_at_once_share_one_order(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as left, open_writer(database_url) as right:
        await write(left, list_tool("hammer"))
        told = await asyncio.gather(
            *[
                write_in_turn(writer, [ship(f"{name}-{number}") for number in range(100)])
                for writer in (left, right)
                for name in (id(writer), "both")
            ]
        )
        assert min(left.batches, right.batches) >= 100
    answers = [answer for answers in told for answer in answers if answer.changed]
    assert sorted(answer.position for answer in answers) == list(range(2, 302))
    assert await is_gapless(owner)
    assert await owner.fetchval(BACKWARDS) == 0


async def test_two_processes_that_quarrel_over_the_same_ballots_share_one_order(
    database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
    both = await asyncio.gather(
        *[flood(database_url, names="same", writers=2, requests=10, commands=20) for _ in range(2)]
    )
    told = sorted(position for process in both for position in process)
    assert await is_gapless(owner)
    assert told == (await positions(owner))[1:]
    assert await owner.fetchval(BACKWARDS) == 0


async def test_the_recorded_time_is_the_clocks(database_url: str, owner: Owner) -> None:
    before = await owner.fetchval("SELECT clock_timestamp()")
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
    after = await owner.fetchval("SELECT clock_timestamp()")
    times = [row["recorded_at"] for row in await owner.fetch("SELECT recorded_at FROM log.events")]
    assert all(before <= time <= after for time in times)


async def test_the_recorded_time_stands_still_while_the_clock_is_behind_it(
    database_url: str, owner: Owner
) -> None:
    ahead = await owner.fetchval(
        "UPDATE log.head SET recorded_at = clock_timestamp() + interval '1 hour' RETURNING recorded_at"
    )
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await write(writer, ship("ann"))
    rows = await owner.fetch("SELECT recorded_at FROM log.events ORDER BY position")
    assert [row["recorded_at"] for row in rows] == [ahead, ahead]
    assert await owner.fetchval("SELECT recorded_at FROM log.head") == ahead


async def test_what_a_client_claims_is_kept_beside_what_was_recorded(database_url: str, owner: Owner) -> None:
    claimed = datetime(2020, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)
    async with open_writer(database_url) as writer:
        late = replace(ship("ann"), occurred_at=claimed)
        early = replace(skip("ann"), occurred_at=claimed - timedelta(days=1))
        await write(writer, list_tool("hammer"), late, early)
    rows = await owner.fetch(
        "SELECT occurred_at, data ->> 'choice' AS choice FROM log.events ORDER BY position"
    )
    assert [tuple(row) for row in rows] == [
        (None, None),
        (claimed, "ship"),
        (claimed - timedelta(days=1), "skip"),
    ]
    assert await head(owner) == 3
