"""One bad event stops its own subject, loudly, and nothing else."""

from collections.abc import AsyncGenerator, Sequence

import pytest

from events.codec import Event
from events.ids import Position, tool_subject
from events.log.connection import Pool
from events.log.writer import Writer
from projections.catching_up import checkpoints
from projections.folding import fold_next
from projections.past.counts import read_past_score
from projections.past.history import read_history
from projections.quarantine.refolding import refold
from projections.quarantine.register import Aside, count_quarantined, due, read_quarantine
from projections.registry import MODELS, NAMES
from tests.support.bad_events import BAD_ENTRIES, BAD_VOTES, spoil
from tests.support.folds import (
    assert_exact_but,
    assert_folds_are_exact,
    fold_all,
    snapshot,
    start_anew,
    whole_log,
)
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner
from tests.support.rulings import retract
from tests.support.votes import ship, skip

HAMMER, NAIL = tool_subject("hammer"), tool_subject("nail")
ANN, BOB, CID = 3, 5, 7
"""Positions of votes on the hammer; those on the nail come in between."""

HEAD = 8
REPAIRED = """type = 'VoteCast', schema = 1, recorded_at = now(), data = '{"choice": "ship"}'"""


@pytest.fixture
async def writer(database_url: str) -> AsyncGenerator[Writer]:
    """A writer on a log with two tools, and votes on both in turn."""
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), list_tool("nail"))
        for voter in ("ann", "bob", "cid"):
            await write(writer, ship(voter), skip(voter, "nail"))
        yield writer


@pytest.fixture
async def log(writer: Writer, pool: Pool) -> Sequence[Event]:
    """The log while all of it is in order."""
    _ = writer
    async with pool.acquire() as connection:
        return await whole_log(connection)


async def aside(pool: Pool) -> list[Aside]:
    """List who is set aside."""
    return list(await read_quarantine(pool, after=Position(0), limit=10))


@pytest.mark.parametrize("change", BAD_VOTES.values(), ids=BAD_VOTES.keys())
async def test_one_faulting_stream_does_not_stop_another_stream_from_projecting(
    change: str, pool: Pool, owner: Owner, log: Sequence[Event]
) -> None:
    await spoil(owner, BOB, change)
    await fold_all(pool)
    assert await checkpoints(pool) == dict.fromkeys(NAMES, HEAD)
    [one] = await aside(pool)
    assert (one.subject, one.tool, one.position, one.tries) == (str(HAMMER), "hammer", BOB, 0)
    assert one.error
    tallies = {key[0]: row[1:3] for key, row in (await snapshot(pool))["community"].items()}
    assert tallies == {HAMMER: (1, 0), NAIL: (0, 3)}
    await assert_exact_but(pool, log, HAMMER, before=BOB)


@pytest.mark.parametrize("change", BAD_ENTRIES.values(), ids=BAD_ENTRIES.keys())
async def test_a_bad_entry_leaves_the_tool_as_it_was_before(
    change: str, pool: Pool, owner: Owner, writer: Writer
) -> None:
    await write(writer, list_tool("hammer", name="Sledge"))
    await write(writer, ship("dan", "nail"))
    async with pool.acquire() as connection:
        log = await whole_log(connection)
    await spoil(owner, HEAD + 1, change)
    await fold_all(pool)
    assert await checkpoints(pool) == dict.fromkeys(NAMES, HEAD + 2)
    assert [(one.tool, one.position, one.type) for one in await aside(pool)] == [
        ("hammer", HEAD + 1, "ToolRevised")
    ]
    await refold(pool, HAMMER)
    await assert_exact_but(pool, log, HAMMER, before=HEAD + 1)


@pytest.mark.parametrize("page", [1, 3, 100])
async def test_wherever_ranges_end_a_subject_stands_as_before_its_first_bad_event(
    page: int, pool: Pool, owner: Owner, log: Sequence[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.folding.FOLD_EVENTS_MAX", page)
    for position in (CID, BOB):
        await spoil(owner, position, "schema = 7")
    await fold_all(pool)
    assert [one.position for one in await aside(pool)] == [BOB]
    await assert_exact_but(pool, log, HAMMER, before=BOB)


async def test_a_subject_set_aside_is_named_once_in_the_log_of_the_service(
    pool: Pool, owner: Owner, log: Sequence[Event], capsys: pytest.CaptureFixture[str]
) -> None:
    _ = log
    await spoil(owner, BOB, "schema = 7")
    await fold_all(pool)
    told = [line for line in capsys.readouterr().out.splitlines() if "is quarantined" in line]
    assert len(told) == 1
    assert all(word in told[0] for word in ("hammer", "VoteCast", str(HAMMER), "schema 7"))


async def test_a_repaired_subject_is_refolded_as_if_nothing_had_been(
    pool: Pool, owner: Owner, log: Sequence[Event], writer: Writer, database_url: str
) -> None:
    _ = log
    await spoil(owner, BOB, "type = 'VoteDreamt'")
    await fold_all(pool)
    await write(writer, ship("dan"), skip("ann"))
    await fold_all(pool)
    await retract(pool, writer, [4])
    await spoil(owner, BOB, REPAIRED)
    assert await refold(pool, HAMMER) is None
    assert await aside(pool) == []
    await assert_folds_are_exact(pool)
    await fold_all(pool)
    await assert_folds_are_exact(pool)
    refolded = await snapshot(pool)
    await start_anew(owner, database_url)
    await fold_all(pool)
    assert await snapshot(pool) == refolded


async def test_a_subject_still_in_trouble_is_tried_again_later_and_later(
    pool: Pool, owner: Owner, log: Sequence[Event]
) -> None:
    await spoil(owner, BOB, "schema = 7")
    await fold_all(pool)
    assert await due(pool, limit=9) == [HAMMER]
    pauses: list[float] = []
    for tries in (1, 2, 3):
        trouble = await refold(pool, HAMMER)
        assert trouble is not None
        assert await due(pool, limit=9) == []
        [one] = await aside(pool)
        assert one.tries == tries
        pauses.append((one.retry_at - one.since).total_seconds())
    assert 14 < pauses[0] < pauses[1] - 14 < pauses[2] - 40
    await assert_exact_but(pool, log, HAMMER, before=BOB)


async def test_models_that_were_further_are_taken_back_to_before_the_bad_event(
    pool: Pool, owner: Owner, log: Sequence[Event]
) -> None:
    async with pool.acquire() as connection:
        for model in MODELS[:2]:
            await fold_next(connection, model, head=Position(HEAD))
    await spoil(owner, 1, "data = data - 'name'")
    await fold_all(pool)
    assert [one.position for one in await aside(pool)] == [1]
    await refold(pool, HAMMER)
    await assert_exact_but(pool, log, HAMMER, before=1)


async def test_two_subjects_that_only_the_folds_find_are_both_set_aside(
    pool: Pool, owner: Owner, log: Sequence[Event]
) -> None:
    _ = log
    for position in (1, 2):
        await spoil(owner, position, BAD_ENTRIES["a category too long for its index"])
    await fold_all(pool)
    assert await checkpoints(pool) == dict.fromkeys(NAMES, HEAD)
    assert [one.position for one in await aside(pool)] == [1, 2]
    assert await count_quarantined(pool) == 2


async def test_what_is_no_events_fault_fails_the_fold_and_sets_nobody_aside(
    pool: Pool, owner: Owner, log: Sequence[Event]
) -> None:
    _ = log
    await owner.execute("ALTER TABLE read.checkpoints ADD CHECK (position = 0)")
    with pytest.raises(Exception, match="check constraint"):
        await fold_all(pool)
    assert await aside(pool) == []


async def test_plans_made_before_and_after_a_refold_see_the_whole_log(
    owner: Owner, pool: Pool, log: Sequence[Event], writer: Writer
) -> None:
    _ = log
    await fold_all(pool)
    for turn in range(3):
        await write(writer, ship(f"eve-{turn}"), ship(f"eve-{turn}", "nail"))
        await fold_all(pool)
        assert await refold(pool, NAIL) is None
        await assert_folds_are_exact(pool)
    assert await owner.fetchval("SELECT count(*) FROM pg_class WHERE relpersistence = 't'") == 0


@pytest.mark.parametrize("change", [BAD_VOTES["a ruling on no number"], BAD_VOTES["no choice"]])
async def test_the_past_of_a_subject_set_aside_ends_before_its_bad_event(
    change: str, pool: Pool, owner: Owner, log: Sequence[Event]
) -> None:
    _ = log
    await spoil(owner, BOB, change)
    await fold_all(pool)
    for position, votes in ((2, 0), (ANN, 1), (BOB, 1), (CID, 1), (HEAD, 1)):
        for corrected in (False, True):
            score = await read_past_score(pool, "hammer", at=Position(position), corrected=corrected)
            assert (score.position, score.community.ship) == (position, votes)
    [bucket] = (await read_history(pool, "hammer", unit="hour")).buckets
    assert (bucket.votes, bucket.published.ship) == (1, 1)
