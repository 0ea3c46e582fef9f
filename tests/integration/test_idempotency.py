"""Idempotency keys: the same key and payload get the original answer for 24 hours."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from events.ids import SubjectId
from events.log.commands import Answer, Command, IdempotencyKey, KeyReusedError, Refusal
from events.log.connection import Pool
from events.log.idempotency import KEPT_FOR
from events.log.writer import Writer
from service.commands.catalogue import DelistTool
from service.reads.ballots import read_ballot
from tests.support.answers import changed, refusal_types, unchanged
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, is_gapless
from tests.support.votes import ship, skip

A_SECOND = timedelta(seconds=1)


def key(name: str, payload: str = "payload", *, asker: int = 1) -> IdempotencyKey:
    """Name a request; its payload stands for the fingerprint of one."""
    return IdempotencyKey(SubjectId(asker), name, payload.encode())


async def send(writer: Writer, named: IdempotencyKey, *commands: Command) -> Sequence[Answer]:
    """Submit a request under a key."""
    return await writer.submit(commands, key=named)


async def test_the_same_key_and_payload_get_the_original_answer(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        assert await send(writer, key("k"), ship("ann"), ship("bob")) == [changed(2), changed(3)]
        assert await send(writer, key("k"), ship("ann"), ship("bob")) == [changed(2), changed(3)]
        assert await write(writer, ship("ann")) == [unchanged(2)]
    assert await is_gapless(owner)


async def test_a_late_retry_of_an_old_vote_does_not_overwrite_a_newer_one(
    database_url: str, pool: Pool
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        assert await send(writer, key("old"), ship("ann")) == [changed(2)]
        assert await send(writer, key("new"), skip("ann")) == [changed(3)]
        assert await send(writer, key("old"), ship("ann")) == [changed(2)]
    assert (await read_ballot(pool, "hammer", "ann")).choice == "skip"


async def test_the_original_answer_is_given_within_one_batch_too(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        requests = [
            writer.submit([ship("ann")], key=key("k")),
            writer.submit([skip("ann")], key=key("other")),
            writer.submit([ship("ann")], key=key("k")),
            writer.submit([skip("ann")], key=key("k", "another payload")),
        ]
        first, between, again, reused = await asyncio.gather(*requests)
        assert writer.batches == 2
    assert (first, between, again) == ([changed(2)], [changed(3)], [changed(2)])
    assert refusal_types(reused) == ["idempotency-key-reused"]


async def test_the_original_answer_outlives_the_writer(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await send(writer, key("k"), ship("ann"))
        await write(writer, skip("ann"))
    async with open_writer(database_url) as restarted:
        assert await send(restarted, key("k"), ship("ann")) == [changed(2)]


async def test_a_refusal_is_the_original_answer_too(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        original = (await send(writer, key("k"), ship("ann")))[0]
        await write(writer, list_tool("hammer"))
    async with open_writer(database_url) as restarted:
        again = (await send(restarted, key("k"), ship("ann")))[0]
        assert await send(restarted, key("fresh"), ship("ann")) == [changed(2)]
    assert isinstance(original, Refusal)
    assert isinstance(again, Refusal)
    for word in ("type", "title", "status", "detail", "retry_after_s"):
        assert getattr(again, word) == getattr(original, word)


async def test_answers_of_one_request_stay_apart(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
        commands = (ship("ann"), ship("ann", "nail"), skip("ann"))
        first = await send(writer, key("k"), *commands)
        again = await send(writer, key("k"), *commands)
    for answers in (first, again):
        assert [answers[0], answers[2]] == [unchanged(2), changed(3)]
        assert refusal_types(answers[1:2]) == ["unknown-tool"]


async def test_another_payload_under_a_used_key_is_refused(database_url: str, pool: Pool) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await send(writer, key("k"), ship("ann"))
        answers = await send(writer, key("k", "another payload"), skip("ann"), skip("bob"))
        assert [type(answer) for answer in answers] == [KeyReusedError] * 2
        assert await send(writer, key("k"), ship("ann")) == [changed(2)]
    assert (await read_ballot(pool, "hammer", "ann")).choice == "ship"


async def test_a_key_belongs_to_its_asker(database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        assert await send(writer, key("k", asker=1), ship("ann")) == [changed(2)]
        assert await send(writer, key("k", "another payload", asker=2), ship("bob")) == [changed(3)]


@pytest.mark.parametrize(("age", "kept"), [(KEPT_FOR - 60 * A_SECOND, True), (KEPT_FOR + A_SECOND, False)])
async def test_a_key_is_kept_for_24_hours_and_then_taken_over(
    age: timedelta, database_url: str, owner: Owner, *, kept: bool
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await send(writer, key("k"), ship("ann"))
        await owner.execute("UPDATE log.answers SET recorded_at = recorded_at - $1::interval", age)
        answers = await send(writer, key("k", "another payload"), skip("ann"))
        if kept:
            assert refusal_types(answers) == ["idempotency-key-reused"]
        else:
            assert answers == [changed(3)]
            assert await send(writer, key("k", "another payload"), skip("ann")) == [changed(3)]
            assert refusal_types(await send(writer, key("k"), ship("ann"))) == ["idempotency-key-reused"]
    assert await owner.fetchval("SELECT count(*) FROM log.answers") == 1


async def test_two_writers_give_one_answer_to_the_same_request_sent_to_both(
    database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as left, open_writer(database_url) as right:
        await write(left, list_tool("hammer"))
        commands = (ship("ann"), skip("ann"), ship("ann"), DelistTool("hammer"))
        first, second = await asyncio.gather(*[send(writer, key("k"), *commands) for writer in (left, right)])
    assert first == second == [changed(2), changed(3), changed(4), changed(5)]
    assert await is_gapless(owner)
