"""Events that this build cannot read: each stops its own subject, loudly, and no other."""

import json
from typing import Any

import pytest

from events.codec import SCHEMA, UndecodableEventError
from events.ids import NOBODY, Position, SubjectId, tool_subject
from events.log.commands import IdempotencyKey, StreamUnreadableError
from events.log.connection import Pool
from events.log.reader import read_page
from service.reads.ballots import read_ballot
from tests.support.answers import changed, unchanged
from tests.support.golden import ENTRY
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, is_gapless, tamper
from tests.support.votes import ship

LISTED = {**ENTRY, "slug": "hammer", "pricing": None}
INSERT = """
WITH moved AS (
    UPDATE log.head SET position = position + 1, recorded_at = clock_timestamp()
    RETURNING position, recorded_at
)
INSERT INTO log.events (subject_id, position, recorded_at, previous, version, schema, type, actor_id, data)
SELECT $1, position, recorded_at, CASE WHEN $2 > 1 THEN position - 1 END, $2, $3, $4, $5, $6 FROM moved
"""


async def insert(owner: Owner, *, type_: str, schema: int, data: object, version: int = 1) -> None:
    """Append an event to the hammer's entry as some other build would have."""
    subject = tool_subject("hammer")
    await owner.execute(INSERT, subject, version, schema, type_, NOBODY, json.dumps(data))


UNREADABLE: dict[str, dict[str, Any]] = {
    "an unknown type": {"type_": "ToolRenamed", "schema": SCHEMA, "data": {}},
    "a newer schema": {"type_": "ToolListed", "schema": SCHEMA + 1, "data": LISTED},
    "a field that a newer build added": {
        "type_": "ToolListed",
        "schema": SCHEMA,
        "data": {**LISTED, "licence": "MIT"},
    },
    "data that does not fit": {"type_": "ToolListed", "schema": SCHEMA, "data": {"slug": "hammer"}},
    "data of another kind": {"type_": "ToolListed", "schema": SCHEMA, "data": ["hammer"]},
}


@pytest.mark.parametrize("row", UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_what_cannot_be_read_fails_its_own_subject_loudly_and_no_other(
    row: dict[str, Any], database_url: str, pool: Pool, owner: Owner
) -> None:
    await insert(owner, **row)
    async with pool.acquire() as connection:
        with pytest.raises(UndecodableEventError, match=row["type_"]):
            await read_page(connection, after=Position(0), to=Position(1))
    async with open_writer(database_url) as writer:
        key = IdempotencyKey(asker=SubjectId(1), key="once", fingerprint=b"")
        requests = [writer.submit([order]) for order in (list_tool("nail"), ship("ann"), ship("ann", "nail"))]
        together = writer.submit([ship("bob"), ship("bob", "nail")], key=key)
        assert await requests[0] == [changed(2)]
        assert await requests[2] == [changed(3)]
        refusals = [*await requests[1], (await together)[0], *await write(writer, ship("bob"))]
        assert (await together)[1] == changed(4)
        for refusal in refusals:
            assert isinstance(refusal, StreamUnreadableError)
            assert refusal.detail.startswith("Event 1 about ")
            assert row["type_"] in refusal.detail
        with pytest.raises(StreamUnreadableError):
            await read_ballot(pool, "hammer", "ann")

        mended = json.dumps(LISTED)
        await tamper(
            owner,
            "UPDATE log.events SET type = 'ToolListed', schema = 1, data = $1 WHERE position = 1",
            mended,
        )
        again = await writer.submit([ship("bob"), ship("bob", "nail")], key=key)
        assert again == [changed(5), unchanged(4)]
    assert await is_gapless(owner)
