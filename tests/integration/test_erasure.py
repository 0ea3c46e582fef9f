"""An erased account's pseudonym is used no more, whatever a process remembers."""

import asyncpg
import pytest
from asyncpg.pgproto.pgproto import UUID

from tests.support.answers import changed, unchanged
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, is_gapless
from tests.support.votes import ship, skip

ERASE = "DELETE FROM log.accounts WHERE account = 'ann'"


async def voters(owner: Owner) -> list[UUID]:
    """Return whose votes they are, in order."""
    rows = await owner.fetch("SELECT actor_id FROM log.events WHERE type = 'VoteCast' ORDER BY position")
    return [row["actor_id"] for row in rows]


async def test_after_an_erasure_an_account_is_somebody_else_in_every_process(
    database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as here, open_writer(database_url) as there:
        await write(here, list_tool("hammer"), ship("ann"), ship("bob"))
        assert await write(there, ship("ann")) == [unchanged(2)]
        await owner.execute(ERASE)
        assert await write(there, ship("ann")) == [changed(4)]
        assert await write(here, ship("ann")) == [unchanged(4)]
        assert await write(here, skip("ann"), skip("bob")) == [changed(5), changed(6)]
    erased, bob, ann, again, still_bob = await voters(owner)
    assert ann == again != erased
    assert bob == still_bob
    assert await is_gapless(owner)


async def test_every_erasure_is_noticed(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
        for position in range(3, 6):
            await owner.execute(ERASE)
            assert await write(writer, ship("ann")) == [changed(position)]
    assert len(set(await voters(owner))) == 4


async def test_a_pseudonym_that_was_exchanged_is_noticed(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
        await owner.execute("UPDATE log.accounts SET voter_id = uuidv7()")
        assert await write(writer, ship("ann")) == [changed(3)]
        await owner.execute("TRUNCATE log.accounts")
        assert await write(writer, ship("ann")) == [changed(4)]
    assert len(set(await voters(owner))) == 3


async def test_an_erasure_under_way_holds_no_vote_back(database_url: str, owner: Owner) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
        transaction = owner.transaction()
        await transaction.start()
        await owner.execute(ERASE)
        assert await write(writer, skip("ann")) == [changed(3)]
        await transaction.rollback()
        assert await write(writer, skip("ann")) == [unchanged(3)]
    assert len(set(await voters(owner))) == 1


async def test_a_pseudonym_given_in_vain_is_not_remembered(database_url: str, owner: Owner) -> None:
    refuse = (
        "CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'not on my watch'; END$$; "
        "CREATE TRIGGER refuse BEFORE INSERT ON log.events FOR EACH ROW EXECUTE FUNCTION public.refuse()"
    )
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await owner.execute(refuse)
        with pytest.raises(asyncpg.RaiseError):
            await write(writer, ship("ann"))
        await owner.execute("DROP TRIGGER refuse ON log.events")
        assert await write(writer, ship("ann")) == [changed(2)]
    assert await owner.fetchval("SELECT voter_id FROM log.accounts") == (await voters(owner))[0]
