"""The writer's connection is lost: what clients are told, and that the next write works."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import asyncpg
import pytest

from events.ids import SubjectId
from events.log.commands import Answer, IdempotencyKey, LogUnavailableError, OutcomeUnknownError
from service.commands.catalogue import DelistTool
from tests.support.answers import changed, refusal_types, unchanged
from tests.support.logs import list_tool, open_writer, write
from tests.support.proxy import open_door
from tests.support.raw_log import Owner, is_gapless, positions, waiting_for_the_head
from tests.support.votes import ship, skip

AT_COMMIT = """
CREATE FUNCTION public.at_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    {accident}
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON log.events DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.at_commit();
"""
DIE = "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60);"
REFUSE = "IF NEW.type = 'ToolDelisted' THEN RAISE EXCEPTION 'not on my watch'; END IF;"
END_ACCIDENTS = "DROP TRIGGER at_commit ON log.events"


async def outcomes(*requests: Awaitable[list[Answer]]) -> list[object]:
    """Return each request's only answer, or what was raised instead."""
    found = await asyncio.gather(*requests, return_exceptions=True)
    return [answers[0] if isinstance(answers, list) else answers for answers in found]


def kinds(found: list[object]) -> list[type]:
    """Name what came of each request."""
    return [type(outcome) for outcome in found]


async def test_lost_before_the_commit_nothing_was_recorded_and_the_next_write_works(
    database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await owner.execute("SELECT pg_advisory_lock(7310)")
        requests = [writer.submit([ship("ann")]), writer.submit([ship("bob")])]
        for pid in await waiting_for_the_head(owner):
            await owner.execute("SELECT pg_terminate_backend($1)", pid)
        found = await outcomes(*requests)
        await owner.execute("SELECT pg_advisory_unlock(7310)")
        assert kinds(found) == [LogUnavailableError] * 2
        assert await positions(owner) == [1]
        assert await write(writer, ship("ann"), ship("bob")) == [changed(2), changed(3)]
    assert await is_gapless(owner)


async def test_lost_during_the_commit_nobody_can_tell_and_the_next_write_works(
    database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await owner.execute(AT_COMMIT.format(accident=DIE))
        found = await outcomes(writer.submit([ship("ann")]), writer.submit([ship("bob")]))
        assert kinds(found) == [OutcomeUnknownError] * 2
        await owner.execute(END_ACCIDENTS)
        assert await write(writer, ship("ann"), ship("bob")) == [changed(2), changed(3)]
    assert await is_gapless(owner)


async def test_a_commit_that_is_refused_recorded_nothing_and_fails_only_its_cause(
    database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await owner.execute(AT_COMMIT.format(accident=REFUSE))
        orders = (ship("ann"), DelistTool("hammer"), ship("bob"))
        found = await outcomes(*[writer.submit([order]) for order in orders])
        assert kinds(found[1:2]) == [asyncpg.RaiseError]
        assert [found[0], found[2]] == [changed(2), changed(3)]
    assert await is_gapless(owner)


async def test_an_answer_lost_after_the_commit_is_given_to_the_retry(
    database_url: str, owner: Owner, tmp_path: Path
) -> None:
    folder = parse_qs(urlsplit(database_url).query)["host"][0]
    through_door = database_url.replace(quote(folder), quote(str(tmp_path)))
    name = ".s.PGSQL.5432"
    key = IdempotencyKey(SubjectId(1), "k", b"payload")
    async with open_door(Path(folder) / name, tmp_path / name) as door, open_writer(through_door) as writer:
        await write(writer, list_tool("hammer"))
        door.slam_after = b"COMMIT"
        found = await outcomes(writer.submit([ship("ann")], key=key), writer.submit([skip("bob")]))
        assert kinds(found) == [OutcomeUnknownError] * 2
        assert door.slammed == 1
        assert await positions(owner) == [1, 2, 3]
        assert await writer.submit([ship("ann")], key=key) == [changed(2)]
        assert await write(writer, skip("bob")) == [unchanged(3)]
    assert await is_gapless(owner)


async def test_while_postgres_is_out_of_reach_writes_are_refused_and_later_taken(
    database_url: str, owner: Owner, tmp_path: Path
) -> None:
    folder = parse_qs(urlsplit(database_url).query)["host"][0]
    through_door = database_url.replace(quote(folder), quote(str(tmp_path)))
    name = ".s.PGSQL.5432"
    async with open_door(Path(folder) / name, tmp_path / name) as door, open_writer(through_door) as writer:
        await write(writer, list_tool("hammer"))
        door.open = False
        door.cut()
        for _ in range(2):
            found = await outcomes(writer.submit([ship("ann")]), writer.submit([ship("bob")]))
            assert kinds(found) == [LogUnavailableError] * 2
        door.open = True
        assert await write(writer, ship("ann"), ship("bob")) == [changed(2), changed(3)]
    assert await is_gapless(owner)


async def test_a_connection_lost_while_idle_costs_at_most_one_write(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        found = await outcomes(writer.submit([ship("ann")]))
        assert kinds(found) == [LogUnavailableError] or found == [changed(2)]
        assert await write(writer, ship("bob")) in ([changed(2)], [changed(3)])
    assert await is_gapless(owner)


@pytest.mark.parametrize("accident", [LogUnavailableError, OutcomeUnknownError])
def test_clients_are_told_to_try_again(accident: type[LogUnavailableError | OutcomeUnknownError]) -> None:
    assert refusal_types([accident("")]) == [accident.type]
    assert (accident.status, accident.retry_after_s) == (503, 1)
