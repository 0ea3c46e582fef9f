"""Group commit: what each command of each request comes to."""

import asyncio

import pytest

from events.log.commands import Appended
from events.log.connection import Pool
from events.log.rows import CHUNK_ROWS
from service.commands.catalogue import DelistTool
from service.commands.refusals import UnknownToolError
from service.reads.ballots import read_ballot
from tests.support.answers import changed, refusal_types, unchanged
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, is_gapless
from tests.support.votes import ship, skip, withdraw

EVENTS_OF_A_FICKLE_VOTER = 2_000


async def test_a_vote_for_a_tool_listed_in_the_same_request_counts(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        answers = await write(writer, list_tool("hammer"), ship("ann"))
    assert answers == [changed(1), changed(2)]


async def test_a_vote_for_a_tool_delisted_in_the_same_batch_is_refused(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        requests = [writer.submit([command]) for command in (ship("ann"), DelistTool("hammer"), ship("bob"))]
        before, delisted, after = [answers[0] for answers in await asyncio.gather(*requests)]
        assert writer.batches == 2
    assert [before, delisted] == [changed(2), changed(3)]
    assert isinstance(after, UnknownToolError)


async def test_a_refused_command_does_not_keep_its_neighbours_back_and_leaves_no_gap(
    database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        listed, unknown, voted = await asyncio.gather(
            write(writer, list_tool("hammer")),
            write(writer, ship("ann", "nail"), ship("ann"), ship("ann", "screw")),
            write(writer, ship("bob")),
        )
        assert writer.batches == 1
    assert [*listed, *voted] == [changed(1), changed(3)]
    assert refusal_types(unknown) == ["unknown-tool", repr(changed(2)), "unknown-tool"]
    assert await is_gapless(owner)


async def test_a_batch_of_refusals_alone_moves_nothing(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        assert refusal_types(await write(writer, ship("ann"), withdraw("ann"))) == ["unknown-tool"] * 2
        assert await write(writer, list_tool("hammer")) == [changed(1)]
    assert await is_gapless(owner)


async def test_repeating_a_vote_changes_nothing(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
        await write(writer, ship("bob"))
        assert await write(writer, ship("ann")) == [unchanged(2)]


async def test_withdrawing_what_never_was_changes_nothing(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
        assert await write(writer, withdraw("bob")) == [unchanged(2)]


async def test_orders_on_one_ballot_in_one_batch_see_each_other(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        orders = (ship("ann"), ship("ann"), skip("ann"), withdraw("ann"), withdraw("ann"), skip("ann"))
        requests = [writer.submit([command]) for command in orders]
        answers = [answers[0] for answers in await asyncio.gather(*requests)]
        assert writer.batches == 2
    assert answers == [changed(2), unchanged(2), changed(3), changed(4), unchanged(4), changed(5)]


async def test_what_waits_while_a_commit_is_in_flight_goes_into_the_next(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        first = [writer.submit([ship(f"voter-{number}")]) for number in range(300)]
        await asyncio.gather(*first)
        assert (writer.batches, writer.commands) == (2, 301)


async def test_when_nothing_waits_no_transaction_is_left_open(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        first = writer.submit([list_tool("hammer")])
        await asyncio.sleep(0)  # it is on its way, so the others are a batch of their own
        await asyncio.gather(first, *[writer.submit([ship(f"voter-{number}")]) for number in range(3)])
        assert writer.batches == 2
        states = await owner.fetch(
            "SELECT state FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert [row["state"] for row in states] == ["idle"]
    assert await is_gapless(owner)


async def test_a_request_larger_than_a_batch_is_one_commit(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        answers = await write(
            writer, list_tool("hammer"), *(ship(f"voter-{number}") for number in range(2_500))
        )
        assert writer.batches == 1
    assert answers == [changed(position) for position in range(1, 2_502)]
    assert await is_gapless(owner)


@pytest.mark.parametrize("events", [CHUNK_ROWS - 1, CHUNK_ROWS, CHUNK_ROWS + 1, 2 * CHUNK_ROWS])
async def test_events_are_copied_in_whole_chunks_and_parts_of_them(
    events: int, database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        answers = await write(
            writer, list_tool("hammer"), *(ship(f"voter-{number}") for number in range(events - 1))
        )
    assert answers == [changed(position) for position in range(1, events + 1)]
    assert await is_gapless(owner)


async def test_a_command_that_nothing_can_be_written_of_costs_its_own_request_alone(
    database_url: str, owner: Owner
) -> None:
    votes = [ship(f"voter-{number}") for number in range(2 * CHUNK_ROWS)]
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        unwritable, votes_after = (
            writer.submit([*votes, list_tool("nail", name="\ud800")]),
            writer.submit(votes),
        )
        with pytest.raises(UnicodeEncodeError):
            await unwritable
        assert await votes_after == [changed(position) for position in range(2, len(votes) + 2)]
    assert await is_gapless(owner)


async def test_an_empty_request_is_answered_with_nothing(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        assert await write(writer) == []


async def test_leaving_the_writer_commits_what_still_waits(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        requests = [writer.submit([command]) for command in (list_tool("hammer"), ship("ann"))]
    assert [await answers for answers in requests] == [[changed(1)], [changed(2)]]
    assert await is_gapless(owner)


async def test_a_client_that_left_costs_its_neighbours_nothing(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        requests = [writer.submit([command]) for command in (list_tool("hammer"), ship("ann"), ship("bob"))]
        requests[1].cancel()
        assert await requests[0] == [changed(1)]
        assert await requests[2] == [changed(3)]
    assert await is_gapless(owner)


async def test_a_voter_with_thousands_of_events_in_one_ballot_is_served_by_a_fresh_writer(
    database_url: str, pool: Pool, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        for _ in range(4):
            pairs = [
                order for _ in range(EVENTS_OF_A_FICKLE_VOTER // 8) for order in (ship("ann"), skip("ann"))
            ]
            assert all(
                isinstance(answer, Appended) and answer.changed for answer in await write(writer, *pairs)
            )
    last = EVENTS_OF_A_FICKLE_VOTER + 1
    async with open_writer(database_url) as fresh:
        assert await write(fresh, skip("ann")) == [unchanged(last)]
        assert await write(fresh, ship("ann")) == [changed(last + 1)]
    assert (await read_ballot(pool, "hammer", "ann")).position == last + 1
    assert await is_gapless(owner)
