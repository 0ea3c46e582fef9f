"""A writer's memory of streams never hides the events of another process."""

import asyncio

from events.log.writer import Writer
from service.commands.catalogue import DelistTool
from service.commands.reviews import WithdrawReview, WriteReview
from tests.support.answers import changed, refusal_types, unchanged
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, is_gapless
from tests.support.votes import ship, skip, withdraw


async def test_a_vote_withdrawn_elsewhere_can_be_cast_again(database_url: str) -> None:
    async with open_writer(database_url) as here, open_writer(database_url) as there:
        assert await write(here, list_tool("hammer"), ship("ann")) == [changed(1), changed(2)]
        assert await write(there, withdraw("ann")) == [changed(3)]
        assert await write(here, ship("ann")) == [changed(4)]
        assert await write(there, ship("ann")) == [unchanged(4)]
        assert await write(there, skip("ann")) == [changed(5)]
        assert await write(here, skip("ann")) == [unchanged(5)]


async def test_what_was_written_elsewhere_is_not_forgotten_over_batches_about_something_else(
    database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as here, open_writer(database_url) as there:
        await write(here, list_tool("hammer"), ship("ann"), ship("bob"))
        assert await write(there, skip("ann")) == [changed(4)]
        assert await write(here, skip("bob")) == [changed(5)]
        assert await write(here, skip("ann"), ship("ann")) == [unchanged(4), changed(6)]
        assert await write(here, ship("ann"), ship("bob")) == [unchanged(6), changed(7)]
    assert await is_gapless(owner)


async def test_a_tool_delisted_elsewhere_takes_no_votes_here_until_it_is_back(database_url: str) -> None:
    async with open_writer(database_url) as here, open_writer(database_url) as there:
        await write(here, list_tool("hammer"), ship("ann"))
        await write(there, DelistTool("hammer"))
        assert refusal_types(await write(here, skip("ann"), withdraw("ann"))) == ["unknown-tool"] * 2
        await write(there, list_tool("hammer"))
        assert await write(here, ship("ann"), skip("ann")) == [unchanged(2), changed(5)]


async def test_a_pseudonym_given_elsewhere_is_the_same_here(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as here, open_writer(database_url) as there:
        await write(here, list_tool("hammer"), list_tool("nail"))
        await write(here, ship("ann"))
        await write(there, ship("ann", "nail"))
    voters = await owner.fetch("SELECT DISTINCT actor_id FROM log.events WHERE type = 'VoteCast'")
    assert len(voters) == 1


async def test_a_newcomers_vote_elsewhere_is_seen_here(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as here, open_writer(database_url) as there:
        await write(here, list_tool("hammer"), list_tool("nail"), ship("ann"))
        assert await write(there, ship("ann", "nail")) == [changed(4)]
        assert await write(here, ship("ann", "nail"), skip("ann", "nail")) == [unchanged(4), changed(5)]
    assert await is_gapless(owner)


async def test_a_newcomers_votes_are_found_again_once_forgotten(database_url: str, owner: Owner) -> None:
    async with Writer(database_url, on_commit=lambda _: None, streams_cached_max=0) as writer:
        await write(writer, list_tool("hammer"), list_tool("nail"), ship("ann"))
        assert await write(writer, ship("ann"), ship("ann", "nail")) == [unchanged(3), changed(4)]
        assert await write(writer, skip("ann"), ship("ann", "nail")) == [changed(5), unchanged(4)]
    assert await is_gapless(owner)


async def test_a_review_by_nobody_seated_is_refused_wherever_they_sit(database_url: str) -> None:
    review = WriteReview(tool="hammer", panelist="ada", verdict="ship", headline="", body="")
    async with open_writer(database_url) as here, open_writer(database_url) as there:
        await write(there, list_tool("hammer"))
        withdrawal = WithdrawReview(tool="hammer", panelist="ada")
        assert refusal_types(await write(here, review, withdrawal)) == ["unknown-panelist"] * 2


async def test_writers_that_quarrel_over_the_same_ballots_leave_dense_streams(
    database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as first:
        await write(first, list_tool("hammer"))
        async with open_writer(database_url) as second, open_writer(database_url) as third:
            requests = [
                writer.submit([order(f"voter-{number % 7}")])
                for number in range(200)
                for writer, order in ((first, ship), (second, skip), (third, withdraw))
            ]
            await asyncio.gather(*requests)
            await asyncio.gather(*[write(writer, ship("voter-0")) for writer in (first, second, third)])
    assert await is_gapless(owner)
