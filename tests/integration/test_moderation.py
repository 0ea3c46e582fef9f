"""Batches of rulings: what they match, what they change, and that running them twice changes nothing more."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from events.ids import Position
from events.log.commands import Appended
from events.log.connection import Pool
from events.log.describe import DescribedEvent, describe_page
from events.log.finding import Wanted
from events.log.reader import position_before, read_head
from events.log.writer import Writer
from events.moderation.batches import cancel_batch, order_batch, read_batch, read_missed, read_outcomes
from events.moderation.running import run_batch, running_batches
from service.reads.ballots import read_ballot
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, is_gapless
from tests.support.rulings import SAM, an_order, reinstate, retract, revert, rule
from tests.support.votes import ship, skip, withdraw


@pytest.fixture
async def writer(database_url: str, owner: Owner) -> AsyncGenerator[Writer]:
    """A writer on a log of two tools (positions 1 and 2), which is whole at the end of each test."""
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), list_tool("nail"))
        yield writer
    assert await is_gapless(owner)


async def vote(writer: Writer, *orders: object) -> list[Position]:
    """Submit orders; return the positions they came to."""
    answers = await writer.submit(orders)  # pyright: ignore[reportArgumentType] - orders of votes
    assert all(isinstance(answer, Appended) for answer in answers)
    return [answer.position for answer in answers if isinstance(answer, Appended)]


async def described(pool: Pool, **wanted: object) -> Sequence[DescribedEvent]:
    """Read the log as moderators see it."""
    async with pool.acquire() as connection:
        head = await read_head(connection)
    return await describe_page(
        pool,
        after=Position(0),
        to=head,
        as_of=head,
        wanted=Wanted(**wanted),  # pyright: ignore[reportArgumentType]
    )


async def standings(pool: Pool) -> dict[int, str]:
    """Return each event's standing."""
    return {event.position: event.standing for event in await described(pool)}


async def choice(pool: Pool, account: str) -> str | None:
    """Return the vote of an account on the hammer."""
    return (await read_ballot(pool, "hammer", account)).choice


async def test_the_vote_before_counts_again_when_the_latest_is_retracted(pool: Pool, writer: Writer) -> None:
    first, second = await vote(writer, ship("ann"), skip("ann"))
    await retract(pool, writer, [second])
    assert await choice(pool, "ann") == "ship"
    own = await read_ballot(pool, "hammer", "ann")
    assert own.position == first
    assert await standings(pool) == {
        1: "counts",
        2: "counts",
        first: "counts",
        second: "retracted",
        5: "counts",
    }
    await reinstate(pool, writer, [second])
    assert await choice(pool, "ann") == "skip"
    assert (await standings(pool))[5] == "superseded"


async def test_a_retracted_withdrawal_lets_the_vote_count_again(pool: Pool, writer: Writer) -> None:
    _, withdrawn = await vote(writer, ship("ann"), withdraw("ann"))
    await retract(pool, writer, [withdrawn])
    assert await choice(pool, "ann") == "ship"


async def test_who_votes_again_after_a_retraction_has_a_vote_that_counts(pool: Pool, writer: Writer) -> None:
    [first] = await vote(writer, ship("ann"))
    await retract(pool, writer, [first])
    assert await choice(pool, "ann") is None
    [again] = await vote(writer, ship("ann"))
    assert await choice(pool, "ann") == "ship"
    assert (await standings(pool))[again] == "counts"
    assert (await standings(pool))[first] == "retracted"


async def test_what_is_retracted_already_is_told_for_each_event(pool: Pool, writer: Writer) -> None:
    places = await vote(writer, ship("ann"), ship("ben"))
    await retract(pool, writer, places[:1])
    batch = await retract(pool, writer, places)
    assert (batch.state, batch.matched, batch.applied, batch.unchanged) == ("done", 2, 1, 1)
    outcomes = await read_outcomes(pool, batch, after=Position(0), limit=10)
    assert [(found.position, found.outcome, found.ruling is None) for found in outcomes] == [
        (places[0], "unchanged", True),
        (places[1], "applied", False),
    ]


async def test_a_batch_that_was_previewed_leaves_alone_what_others_ruled_on_since(
    pool: Pool, writer: Writer
) -> None:
    ann, ben = await vote(writer, ship("ann"), ship("ben"))
    await retract(pool, writer, [ann])
    seen = Position(ben + 1)
    await reinstate(pool, writer, [ann])
    batch = await rule(pool, writer, replace(an_order("retract", tool="hammer"), as_of=seen))
    assert (batch.as_of, batch.matched, batch.applied, batch.unchanged) == (seen, 2, 1, 1)
    assert [(await standings(pool))[place] for place in (ann, ben)] == ["counts", "retracted"]
    batch = await rule(pool, writer, an_order("retract", tool="hammer"))
    assert (batch.as_of, batch.applied) == (None, 1)
    assert (await standings(pool))[ann] == "retracted"


async def test_positions_without_a_vote_or_review_are_named(pool: Pool, writer: Writer) -> None:
    [place] = await vote(writer, ship("ann"))
    batch = await retract(pool, writer, [1, place, 99])
    assert (batch.matched, batch.applied) == (1, 1)
    assert await read_missed(pool, batch) == [1, 99]


async def test_reverting_undoes_what_the_batch_did_and_nothing_that_others_did(
    pool: Pool, writer: Writer
) -> None:
    ann, ben, cid, dan = await vote(writer, ship("ann"), ship("ben"), ship("cid"), ship("dan"))
    await retract(pool, writer, [ann])
    batch = await retract(pool, writer, [ann, ben, cid, dan])
    await reinstate(pool, writer, [cid])
    await retract(pool, writer, [cid])  # others ruled on it since
    await reinstate(pool, writer, [dan])
    undone = await revert(pool, writer, batch)
    assert (undone.matched, undone.applied, undone.unchanged) == (3, 1, 2)
    counting = {place for place, standing in (await standings(pool)).items() if standing == "counts"}
    assert counting & {ann, ben, cid, dan} == {ben, dan}
    again = await revert(pool, writer, undone)
    assert (again.matched, again.applied) == (1, 1)
    assert await choice(pool, "ben") is None


async def test_a_selection_means_events_with_all_its_properties(
    pool: Pool, writer: Writer, owner: Owner
) -> None:
    ann = await vote(writer, ship("ann"), ship("ann", "nail"), withdraw("ann", "nail"))
    ben = await vote(writer, ship("ben"), ship("ben", "nail"))
    voter = await owner.fetchval("SELECT voter_id::text FROM log.accounts WHERE account = 'ann'")
    times = {row["position"]: row["recorded_at"] for row in await owner.fetch("SELECT * FROM log.events")}

    async def matched(**select: Any) -> set[int]:  # noqa: ANN401 - as JSON
        batch = await rule(pool, writer, an_order("retract", **select))
        targets = await owner.fetch("SELECT position FROM log.targets WHERE batch = $1", batch.id)
        return {row["position"] for row in targets}

    hammer, nail = {ann[0], ben[0]}, {ann[1], ann[2], ben[1]}
    assert await matched(tool="hammer") == hammer
    assert await matched(tool="nail", voter=voter) == {ann[1], ann[2]}
    assert await matched(voter=voter) == set(ann)
    assert await matched(voter=voter, type="VoteWithdrawn") == {ann[2]}
    assert await matched(**{"from": times[ben[0]]}) == set(ben)
    assert await matched(to=times[ben[0]]) == set(ann)
    assert await matched(after_position=ann[0], before_position=ben[1]) == {ann[1], ann[2], ben[0]}
    assert await matched(type="VoteCast") == (hammer | nail) - {ann[2]}
    assert await matched(type="ReviewSubmitted") == set()
    assert await matched(tool="no-such-tool") == set()


async def test_the_last_position_before_a_time_is_found(pool: Pool, writer: Writer, owner: Owner) -> None:
    for number in range(20):
        await vote(writer, ship(f"voter-{number}"))
    rows = await owner.fetch("SELECT position, recorded_at FROM log.events ORDER BY position")
    async with pool.acquire() as connection:
        for row in rows:
            earlier = [other["position"] for other in rows if other["recorded_at"] < row["recorded_at"]]
            assert await position_before(connection, row["recorded_at"]) == max(earlier, default=0)


async def test_a_batch_that_runs_twice_and_at_once_rules_once(
    pool: Pool, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.moderation.running.PAGE_TARGETS_MAX", 3)
    places = await vote(writer, *[ship(f"voter-{number}") for number in range(20)])
    asked = an_order("retract", tool="hammer")
    await order_batch(pool, asked)
    await asyncio.gather(*[run_batch(pool, writer, asked.id) for _ in range(3)])
    await run_batch(pool, writer, asked.id)
    batch = await read_batch(pool, asked.id)
    assert batch is not None
    assert (batch.state, batch.applied, batch.unchanged) == ("done", len(places), 0)
    assert len(await described(pool, batch=asked.id)) == len(places)


async def test_a_page_that_was_committed_but_not_noted_is_not_ruled_twice(
    pool: Pool, writer: Writer, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.moderation.running.PAGE_TARGETS_MAX", 3)
    places = await vote(writer, *[ship(f"voter-{number}") for number in range(9)])
    asked = an_order("retract", tool="hammer")
    await order_batch(pool, asked)
    await run_batch(pool, writer, asked.id)
    await reinstate(pool, writer, places[4:5])  # what others ruled meanwhile is not overruled
    await owner.execute(
        "UPDATE log.batches SET state = 'running', reached = $1 WHERE id = $2", places[2], asked.id
    )
    assert await running_batches(pool) == [asked.id]
    await run_batch(pool, writer, asked.id)
    batch = await read_batch(pool, asked.id)
    assert batch is not None
    assert (batch.state, batch.applied, batch.unchanged) == ("done", 9, 0)
    assert (await standings(pool))[places[4]] == "counts"


async def test_a_cancelled_batch_keeps_what_it_ruled_and_rules_no_more(pool: Pool, writer: Writer) -> None:
    await vote(writer, ship("ann"))
    asked = an_order("retract", tool="hammer")
    await order_batch(pool, asked)
    assert await cancel_batch(pool, asked.id, by=SAM)
    await run_batch(pool, writer, asked.id)
    batch = await read_batch(pool, asked.id)
    assert batch is not None
    assert (batch.state, batch.matched, batch.applied) == ("cancelled", 1, 0)
    assert not await cancel_batch(pool, asked.id, by=SAM)
