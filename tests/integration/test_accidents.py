"""Requests that upset a batch, and more requests than the queue holds."""

import asyncio
from collections.abc import Sequence

import pytest
from msgspec import Struct
from msgspec.structs import replace

from events.facts import AnyFact
from events.ids import ActorId, StreamKey
from events.log.commands import Appended, Command, QueueFullError
from events.log.writer import Writer
from events.streams import Ballot, Listing
from service.commands.catalogue import ListTool
from service.commands.votes import CastVote
from tests.support.answers import changed, unchanged
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, is_gapless, positions, waiting_for_the_head
from tests.support.votes import ship, skip, withdraw

NUL, SURROGATE = "\0", "\ud800"
HOLD_HEAD, LET_HEAD_GO = "SELECT pg_advisory_lock(7310)", "SELECT pg_advisory_unlock(7310)"


class Defective(CastVote, frozen=True, kw_only=True):
    """A vote whose rules have a defect."""

    def decide(self, ballot: Ballot | None, listing: Listing | None) -> Sequence[AnyFact]:
        """Fail as no rule should."""
        for fact in super().decide(ballot, listing):
            raise ArithmeticError(fact)
        return ()


class Astray(CastVote, frozen=True, kw_only=True):
    """A vote that cannot say where it belongs."""

    def streams(self, voter: ActorId | None) -> Sequence[StreamKey]:
        """Fail as no command should."""
        raise LookupError(voter)


class Monstrous(CastVote, frozen=True, kw_only=True):
    """A vote that becomes something the log knows no type for."""

    def decide(self, ballot: Ballot | None, listing: Listing | None) -> Sequence[AnyFact]:
        """Return something that is not a fact."""
        return [Monster() for _ in super().decide(ballot, listing)]  # pyright: ignore[reportReturnType] - the defect under test


class Monster(Struct):
    """No fact."""


def described(words: str) -> Command:
    """Order a tool to be listed with a description."""
    return ListTool(replace(list_tool("nail").entry, description=words))


POISONS = {
    "a NUL in a fact": described(f"a{NUL}b"),
    "a lone surrogate in a fact": described(f"a{SURROGATE}b"),
    "a NUL in an account": ship(f"a{NUL}b"),
    "a lone surrogate in an account": ship(f"a{SURROGATE}b"),
    "a defect in decide": Defective(tool="hammer", account="eve", choice="ship"),
    "a defect in streams": Astray(tool="hammer", account="eve", choice="ship"),
    "a thing that is no fact": Monstrous(tool="hammer", account="eve", choice="ship"),
}


async def outcome(writer: Writer, *commands: Command) -> object:
    """Return the first answer, or what was raised instead."""
    try:
        return (await write(writer, *commands))[0]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test asks for
        return error


@pytest.mark.parametrize("poison", POISONS.values(), ids=POISONS.keys())
async def test_a_poisonous_request_fails_alone(poison: Command, database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
        found = await asyncio.gather(
            *[outcome(writer, command) for command in (skip("ann"), poison, ship("bob"), withdraw("ann"))]
        )
        assert isinstance(found.pop(1), Exception)
        assert found == [changed(3), changed(4), changed(5)]
        assert isinstance(await outcome(writer, poison), Exception)
        assert await write(writer, ship("ann"), ship("bob")) == [changed(6), unchanged(4)]
    assert await is_gapless(owner)
    assert await positions(owner) == [1, 2, 3, 4, 5, 6]


async def test_a_defect_in_one_command_spares_the_rest_of_its_request(database_url: str) -> None:
    defective = Defective(tool="hammer", account="eve", choice="ship")
    async with open_writer(database_url) as writer:
        answers = await write(writer, list_tool("hammer"), ship("ann"), defective, ship("bob"))
    assert isinstance(answers[2], ArithmeticError)
    assert [answers[0], answers[1], answers[3]] == [changed(1), changed(2), changed(3)]


async def test_more_than_the_queue_holds_is_refused_and_nothing_accepted_is_lost(
    database_url: str, owner: Owner
) -> None:
    async with Writer(database_url, on_commit=lambda _: None, queue_commands_max=10) as writer:
        await write(writer, list_tool("hammer"))
        await owner.execute(HOLD_HEAD)
        accepted = [writer.submit([ship("voter-0")])]
        await waiting_for_the_head(owner)
        accepted += [writer.submit([ship(f"voter-{2 * n}"), ship(f"voter-{2 * n + 1}")]) for n in range(1, 6)]
        assert writer.queued_commands == 10
        with pytest.raises(QueueFullError, match="10 writes are waiting") as refused:
            writer.submit([ship("late")])
        assert (refused.value.status, refused.value.retry_after_s) == (503, 1)
        await owner.execute(LET_HEAD_GO)
        answers = [answer for answers in await asyncio.gather(*accepted) for answer in answers]
        assert answers == [changed(position) for position in range(2, 13)]
        assert await write(writer, ship("late")) == [changed(13)]
    assert await is_gapless(owner)


async def test_a_request_larger_than_the_queue_is_taken_while_nothing_waits(database_url: str) -> None:
    async with Writer(database_url, on_commit=lambda _: None, queue_commands_max=2) as writer:
        large = writer.submit([list_tool("hammer"), *(ship(f"voter-{number}") for number in range(9))])
        with pytest.raises(QueueFullError):
            writer.submit([ship("late")])
        assert len(await large) == 10


async def test_a_writer_that_was_left_takes_nothing_more(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        pass
    with pytest.raises(QueueFullError):
        writer.submit([list_tool("hammer")])


async def test_commits_are_announced_with_the_head_they_came_to(database_url: str) -> None:
    heads: list[int] = []
    async with Writer(database_url, on_commit=heads.append) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
        answers = await write(writer, skip("ann"))
    assert heads == [2, 3]
    assert all(isinstance(answer, Appended) for answer in answers)
