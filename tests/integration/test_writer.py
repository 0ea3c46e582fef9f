"""The group-commit writer against a real Postgres."""

import asyncio

from events.log.commands import Appended
from service.commands.refusals import UnknownToolError
from service.commands.votes import CastVote
from tests.support.logs import list_tool, open_writer, write


async def test_a_vote_for_a_tool_listed_in_the_same_request_counts(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        answers = await write(
            writer, list_tool("hammer"), CastVote(tool="hammer", account="ann", choice="ship")
        )
    assert answers == [Appended(1, changed=True), Appended(2, changed=True)]


async def test_a_refused_command_does_not_keep_its_neighbours_back(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        listed, unknown = await asyncio.gather(
            write(writer, list_tool("hammer")),
            write(writer, CastVote(tool="nail", account="ann", choice="ship")),
        )
    assert listed == [Appended(1, changed=True)]
    assert isinstance(unknown[0], UnknownToolError)


async def test_repeating_a_vote_changes_nothing(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        vote = CastVote(tool="hammer", account="ann", choice="ship")
        await write(writer, list_tool("hammer"), vote)
        assert await write(writer, vote) == [Appended(2, changed=False)]
