"""The audit list: written with what it tells of or not at all, and edited by nobody."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest

from events.log.audit import Attribution, AuditEntry, AuditLine, Author, read_audit, write_audit
from events.log.commands import IdempotencyKey
from events.log.connection import SESSION, Pool
from events.moderation.batches import cancel_batch, order_batch
from projections.rebuilding import replays
from service.commands.catalogue import DelistTool
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner
from tests.support.replaying import ordered
from tests.support.rulings import SAM, an_order
from tests.support.votes import ship

EDITS = [
    "UPDATE log.audit SET who = 'eve'",
    "UPDATE log.audit SET who = '', action = 'tool-listed'",
    "UPDATE log.audit SET at = now()",
    "UPDATE log.audit SET detail = '{}'",
    "DELETE FROM log.audit",
    "DELETE FROM log.audit WHERE false",
    "TRUNCATE log.audit",
    "MERGE INTO log.audit USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
]
TRICKS = [
    "UPDATE log.audit SET who = ''",
    "ALTER TABLE log.audit DISABLE TRIGGER ALL",
    "DROP TABLE log.audit",
]
ADA = Author("ada", "admin")


@pytest.fixture
async def application(database_url: str) -> AsyncGenerator[Owner]:
    """A connection as the application's, on an audit list of one line."""
    connection = await asyncpg.connect(database_url, server_settings=SESSION)
    await write_audit(connection, AuditLine(by=SAM, action="batch-cancelled", what="b-1", detail={"n": 1}))
    yield connection
    await connection.close()


async def lines(pool: Pool) -> list[tuple[str, str, str, str]]:
    """Return what the list tells, the oldest first."""
    return [(one.who, one.role, one.action, one.what) for one in reversed(await read(pool))]


async def read(pool: Pool) -> list[AuditEntry]:
    """Return the list, the newest first."""
    return list(await read_audit(pool, limit=100))


async def test_nobody_can_edit_the_list(application: Owner, owner: Owner) -> None:
    before = await owner.fetch("SELECT * FROM log.audit")
    assert len(before) == 1
    for edit in EDITS:
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
            await owner.execute(edit)
    for edit in (*EDITS, *TRICKS):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await application.execute(edit)
    assert await owner.fetch("SELECT * FROM log.audit") == before


async def test_the_owner_may_erase_a_name_and_nothing_else_is_lost(
    application: Owner, owner: Owner, pool: Pool
) -> None:
    _ = application
    [before] = await read(pool)
    await owner.execute("UPDATE log.audit SET who = '' WHERE who = 'sam'")
    [after] = await read(pool)
    assert (before.who, after.who) == ("sam", "")
    assert [getattr(before, name) for name in ("id", "at", "role", "action", "what", "detail")] == [
        getattr(after, name) for name in ("id", "at", "role", "action", "what", "detail")
    ]


async def test_a_line_goes_with_what_it_tells_of(pool: Pool) -> None:
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await write_audit(connection, AuditLine(by=SAM, action="batch-cancelled", what="b-1"))
        await transaction.rollback()
    assert await read(pool) == []


async def test_orders_leave_a_line_and_so_does_ending_them_but_only_once(
    database_url: str, pool: Pool
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"))
    asked = an_order("retract", tool="hammer")
    for _ in range(2):
        await order_batch(pool, asked)
        await cancel_batch(pool, asked.id, by=ADA)
    replay = await ordered(pool, "reviews", dry_run=True)
    for _ in range(2):
        await replays.end_replay(pool, replay, by=ADA)
    assert not await replays.order_swap(pool, replay, by=ADA)
    assert await lines(pool) == [
        ("sam", "moderator", "batch-ordered", str(asked.id)),
        ("ada", "admin", "batch-cancelled", str(asked.id)),
        ("sam", "moderator", "replay-ordered", str(replay)),
        ("ada", "admin", "replay-cancelled", str(replay)),
    ]
    first = (await read(pool))[-1]
    assert first.detail == {"action": "retract", "reverts": None, "reason": "fraud", "matched": 1}


async def test_a_signed_request_leaves_a_line_for_what_it_changed_and_none_when_repeated(
    database_url: str, pool: Pool
) -> None:
    signature = Attribution(ADA, "hammer")
    key = IdempotencyKey(asker=1, key="k", fingerprint=b"f")  # pyright: ignore[reportArgumentType]
    async with open_writer(database_url) as writer:
        for _ in range(2):
            await writer.submit([list_tool("hammer")], key=key, signature=signature)  # recalled
        await writer.submit([list_tool("hammer")], signature=signature)  # changes nothing
        await writer.submit([DelistTool("saw")], signature=signature)  # refused
        await writer.submit([ship("ann")], signature=signature)  # a vote
        await writer.submit([DelistTool("hammer")])  # not signed
        await writer.submit([list_tool("hammer")], signature=signature)
    found = list(reversed(await read(pool)))
    assert [(one.who, one.role, one.action, one.what, one.detail) for one in found] == [
        ("ada", "admin", "tool-listed", "hammer", {"position": 1}),
        ("ada", "admin", "tool-listed", "hammer", {"position": 4}),
    ]


async def test_the_list_is_read_from_the_newest_on_by_account_and_action(pool: Pool) -> None:
    async with pool.acquire() as connection:
        for number in range(3):
            for by in (SAM, ADA):
                await write_audit(
                    connection, AuditLine(by=by, action="batch-cancelled", what=f"{by.name}-{number}")
                )
        await write_audit(connection, AuditLine(by=SAM, action="replay-ordered", what="r"))
    newest, *rest = await read(pool)
    assert newest.what == "r"
    assert [one.what for one in await read_audit(pool, before=newest.id, limit=2)] == ["ada-2", "sam-2"]
    assert [one.what for one in await read_audit(pool, who="sam", action="batch-cancelled", limit=2)] == [
        "sam-2",
        "sam-1",
    ]
    assert [one.at for one in rest] == sorted((one.at for one in rest), reverse=True)
