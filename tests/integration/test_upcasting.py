"""Events written by older builds, read from a real log by a build that changed their shape."""

import json
from typing import Any

import pytest

from events.codec import Codec, UndecodableEventError, Upcaster
from events.facts import Pricing, ToolDelisted, ToolListed, ToolRevised, VoteCast, VoteWithdrawn
from events.ids import NOBODY, Position, SubjectId, tool_subject
from events.log.commands import IdempotencyKey, StreamUnreadableError
from events.log.connection import Pool
from events.log.reader import read_head, read_page
from events.streams import Listing, evolve
from service.reads.ballots import read_ballot
from tests.support.answers import changed, unchanged
from tests.support.golden import ENTRY
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, is_gapless, tamper
from tests.support.votes import ship

FACTS = (ToolListed, ToolRevised, ToolDelisted, VoteCast, VoteWithdrawn)
FIRST_SHAPE = {**ENTRY, "slug": "hammer", "price": "$5"}
INSERT = """
WITH moved AS (
    UPDATE log.head SET position = position + 1, recorded_at = clock_timestamp()
    RETURNING position, recorded_at
)
INSERT INTO log.events (subject_id, position, recorded_at, previous, version, schema, type, actor_id, data)
SELECT $1, position, recorded_at, CASE WHEN $2 > 1 THEN position - 1 END, $2, $3, $4, $5, $6 FROM moved
"""


def lift_price(data: dict[str, Any]) -> dict[str, Any]:
    """Turn the flat price of ToolListed v1 into the pricing of v2."""
    price = data.pop("price")
    return {**data, "pricing": {"model": "paid", "entry": price} if price else None}


def lift_vendor(data: dict[str, Any]) -> dict[str, Any]:
    """Give ToolListed v3 the vendor's full name."""
    return {**data, "vendor": f"{data['vendor']} Inc."}


def use(monkeypatch: pytest.MonkeyPatch, upcasters: dict[tuple[str, int], Upcaster]) -> Codec:
    """Let the log be read and written by a build with these upcasters."""
    codec = Codec(FACTS, upcasters)
    for module in ("events.log.loading", "events.log.reader", "events.log.rows"):
        monkeypatch.setattr(f"{module}.CODEC", codec)
    return codec


async def insert(owner: Owner, *, type_: str, schema: int, data: object, version: int = 1) -> None:
    """Append an event to the hammer's entry as some other build would have."""
    subject = tool_subject("hammer")
    await owner.execute(INSERT, subject, version, schema, type_, NOBODY, json.dumps(data))


async def test_a_first_shape_is_read_as_todays_and_evolves(
    monkeypatch: pytest.MonkeyPatch, pool: Pool, owner: Owner
) -> None:
    use(monkeypatch, {("ToolListed", 1): lift_price})
    await insert(owner, type_="ToolListed", schema=1, data=FIRST_SHAPE)
    async with pool.acquire() as connection:
        (event,) = await read_page(connection, after=Position(0), to=await read_head(connection))
    pricing = Pricing(model="paid", entry="$5")
    wanted = ToolListed(**{**ENTRY, "slug": "hammer"}, pricing=pricing)
    assert event.fact == wanted
    assert evolve(None, event.fact, event.position) == Listing(wanted, listed=True)


async def test_two_upcasters_lift_a_first_shape_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch, pool: Pool, owner: Owner
) -> None:
    use(monkeypatch, {("ToolListed", 1): lift_price, ("ToolListed", 2): lift_vendor})
    second = {**FIRST_SHAPE, "pricing": None}
    del second["price"]
    third = {**second, "vendor": "OpenAI Inc."}
    for version, (schema, data) in enumerate(((1, FIRST_SHAPE), (2, second), (3, third)), start=1):
        await insert(owner, type_="ToolListed", schema=schema, data=data, version=version)
    async with pool.acquire() as connection:
        page = await read_page(connection, after=Position(0), to=Position(3))
    facts = [event.fact for event in page]
    assert [fact.vendor for fact in facts if isinstance(fact, ToolListed)] == ["OpenAI Inc."] * 3
    assert [fact.pricing for fact in facts if isinstance(fact, ToolListed)] == [
        Pricing(model="paid", entry="$5"),
        None,
        None,
    ]


async def test_the_writer_decides_on_a_first_shape_and_writes_the_newest(
    monkeypatch: pytest.MonkeyPatch, database_url: str, pool: Pool, owner: Owner
) -> None:
    use(monkeypatch, {("ToolListed", 1): lift_price})
    await insert(owner, type_="ToolListed", schema=1, data=FIRST_SHAPE)
    async with open_writer(database_url) as writer:
        assert await write(writer, ship("ann"), list_tool("nail")) == [changed(2), changed(3)]
    assert (await read_ballot(pool, "hammer", "ann")).choice == "ship"
    schemas = await owner.fetch("SELECT type, schema FROM log.events ORDER BY position")
    assert [tuple(row) for row in schemas] == [("ToolListed", 1), ("VoteCast", 1), ("ToolListed", 2)]
    assert await is_gapless(owner)


UNREADABLE: dict[str, dict[str, Any]] = {
    "an unknown type": {"type_": "ToolRenamed", "schema": 1, "data": {}},
    "a newer schema": {"type_": "ToolListed", "schema": 3, "data": FIRST_SHAPE},
    "data that does not fit": {"type_": "ToolListed", "schema": 2, "data": FIRST_SHAPE},
    "data that no upcaster can lift": {"type_": "ToolListed", "schema": 1, "data": {"slug": "hammer"}},
    "data of another kind": {"type_": "ToolListed", "schema": 1, "data": ["hammer"]},
}


@pytest.mark.parametrize("row", UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_what_cannot_be_read_fails_its_own_subject_loudly_and_no_other(
    row: dict[str, Any], monkeypatch: pytest.MonkeyPatch, database_url: str, pool: Pool, owner: Owner
) -> None:
    use(monkeypatch, {("ToolListed", 1): lift_price})
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

        mended = json.dumps({**FIRST_SHAPE, "price": "$5"})
        await tamper(
            owner,
            "UPDATE log.events SET type = 'ToolListed', schema = 1, data = $1 WHERE position = 1",
            mended,
        )
        again = await writer.submit([ship("bob"), ship("bob", "nail")], key=key)
        assert again == [changed(5), unchanged(4)]
    assert await is_gapless(owner)
