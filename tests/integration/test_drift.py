"""Drift between log and read models is noticed, named, counted and repaired, in every table there is."""

from collections.abc import AsyncGenerator

import pytest
from redis.asyncio import Redis

from events.facts import PanelistEntry
from events.ids import Position, tool_subject
from events.log.connection import Pool
from events.log.writer import Writer
from projections.catching_up import checkpoints
from projections.checking.repairs import check_next
from projections.checking.rounds import read_checks
from projections.folding import fold_next
from projections.quarantine.register import read_quarantine
from projections.registry import MODELS, NAMES
from projections.scores import read_current_score
from service.commands.catalogue import SeatPanelist
from service.commands.matchups import CastPreference, matchup_of
from service.commands.reviews import WriteReview
from service.commands.votes import CastVote, WithdrawVote
from tests.support.bad_events import BAD_ENTRIES, spoil
from tests.support.folds import assert_folds_are_exact, fold_all, snapshot
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner
from tests.support.rulings import retract
from tests.support.tables import TABLES
from tests.support.votes import ship, skip
from workers.checks import check, retry_quarantined

TAMPERING = {
    "tools": "UPDATE read.tools SET tagline = 'of no log' WHERE slug = 'hammer'",
    "panelists": "UPDATE read.panelists SET seated = false",
    "reviews": "UPDATE read.reviews SET body = 'of no log'",
    "panel": "DELETE FROM read.panel",
    "community": "UPDATE read.community SET ship = ship + 1000",
    "community_history": "UPDATE read.community_history SET corrected_skip = corrected_skip + 1",
    "exclusions": "DELETE FROM read.exclusions",
    "excluded": "UPDATE read.excluded SET votes = votes + 1",
    "moderations": "UPDATE read.moderations SET events = 0",
    "anonymous": "UPDATE read.anonymous SET skip = skip + 5",
    "anonymous_history": "UPDATE read.anonymous_history SET hour = hour + interval '1 hour'",
    "matchups": "DELETE FROM read.matchups",
    "matchup_history": "UPDATE read.matchup_history SET corrected_ties = 1",
    "anonymous_matchups": "UPDATE read.anonymous_matchups SET ties = 5",
    "anonymous_matchup_history": "DELETE FROM read.anonymous_matchup_history",
}


@pytest.fixture
async def writer(database_url: str, pool: Pool) -> AsyncGenerator[Writer]:
    """A writer on a log that has a row in every table."""
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), list_tool("nail"))
        await write(writer, SeatPanelist(PanelistEntry(slug="ada", name="Ada", lens="", bio="")))
        await write(
            writer,
            WriteReview(tool="hammer", panelist="ada", verdict="ship", headline="", body=""),
            *(order(voter, tool) for order in (ship, skip) for voter in "ab" for tool in ("hammer", "nail")),
        )
        await retract(pool, writer, [5, 6, 10])
        await fold_all(pool)
        yield writer


def told(output: str) -> list[str]:
    """Return what was said about drift."""
    return [line for line in output.splitlines() if "has drifted" in line]


def test_every_table_is_tampered_with() -> None:
    assert set(TAMPERING) == {table for tables in TABLES.values() for table in tables}


@pytest.mark.usefixtures("writer")
async def test_without_drift_a_check_changes_nothing(
    pool: Pool, redis: Redis, owner: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    before = await snapshot(pool)
    for round_ in (1, 2, 3):
        await check_next(pool, redis)
        checks = await read_checks(pool)
        assert (checks.rounds, checks.drift, checks.drift_at, checks.share) == (round_, 0, None, 0)
        assert checks.round_at is not None
    assert await snapshot(pool) == before
    assert told(capsys.readouterr().out) == []
    assert await owner.fetchval("SELECT count(*) FROM pg_class WHERE relpersistence = 't'") == 0


@pytest.mark.usefixtures("writer")
async def test_a_strangers_vote_that_is_withdrawn_later_is_not_drift(
    pool: Pool, redis: Redis, writer: Writer, capsys: pytest.CaptureFixture[str]
) -> None:
    for order in (
        CastVote(tool="hammer", account="stranger", choice="ship", anonymous=True),
        WithdrawVote(tool="hammer", account="stranger", anonymous=True),
    ):
        await write(writer, order)
        await fold_all(pool)
    await check_next(pool, redis)
    assert told(capsys.readouterr().out) == []


@pytest.mark.parametrize("table", TAMPERING)
async def test_drift_in_any_table_is_noticed_named_counted_and_repaired(
    *, table: str, pool: Pool, redis: Redis, owner: Owner, writer: Writer, capsys: pytest.CaptureFixture[str]
) -> None:
    matchup = matchup_of("hammer", "nail")
    await write(
        writer,
        CastVote(tool="hammer", account="stranger", choice="ship", anonymous=True),
        CastPreference(matchup=matchup, account="stranger", winner="hammer", anonymous=True),
    )
    await fold_all(pool)
    before = await snapshot(pool)
    right = await read_current_score(pool, "hammer")
    changed = int((await owner.execute(TAMPERING[table])).split()[-1])
    assert changed
    wrong = await read_current_score(pool, "hammer")
    assert (wrong.revision == right.revision) == (wrong.score == right.score)
    await check_next(pool, redis)
    assert await read_current_score(pool, "hammer") == right
    lines = told(capsys.readouterr().out)
    assert lines
    assert all(table in line for line in lines)
    assert (await read_checks(pool)).drift == len(lines)
    assert await snapshot(pool) == before
    await assert_folds_are_exact(pool)
    await check_next(pool, redis)
    assert (await read_checks(pool)).drift == len(lines)


@pytest.mark.usefixtures("writer")
async def test_rows_of_what_the_log_does_not_know_are_drift_too(
    pool: Pool, redis: Redis, owner: Owner
) -> None:
    await owner.execute("INSERT INTO read.panel VALUES (5, 1, 1, 1)")
    await check_next(pool, redis)
    assert (await read_checks(pool)).drift == 1
    await assert_folds_are_exact(pool)


async def test_models_are_checked_where_each_of_them_stands(pool: Pool, redis: Redis, writer: Writer) -> None:
    await write(writer, ship("dan"), list_tool("anvil"), ship("dan", "anvil"))
    async with pool.acquire() as connection:
        await fold_next(connection, MODELS[2], head=Position(17))
    assert len(set((await checkpoints(pool)).values())) > 1
    await check_next(pool, redis)
    assert (await read_checks(pool)).drift == 0
    await fold_all(pool)
    await assert_folds_are_exact(pool)


@pytest.mark.usefixtures("writer")
async def test_each_check_takes_a_few_subjects_and_goes_on_with_the_next(
    pool: Pool, redis: Redis, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.checking.rounds.EVENTS_MAX", 1)
    await owner.execute("UPDATE read.community SET ship = 1000")
    found = [await read_checks(pool)]
    for _ in range(4):  # three subjects, each too large for the budget, and the end of the round
        await check_next(pool, redis)
        found.append(await read_checks(pool))
    counted, shares = [checks.drift for checks in found], [checks.share for checks in found]
    assert sorted(counted) == counted
    assert (counted[0], found[0].drift_at, counted[-1]) == (0, None, 2)
    assert 0 == shares[0] < shares[1] < shares[2] < 1
    assert shares[3] == 0
    assert [checks.round_at is None for checks in found] == [True, True, True, False, False]
    assert found[-1].rounds == 1
    assert found[-1].drift_at is not None
    await assert_folds_are_exact(pool)


@pytest.mark.usefixtures("writer")
async def test_an_event_that_a_new_build_cannot_read_sets_its_subject_aside_when_it_is_checked(
    pool: Pool, redis: Redis, owner: Owner
) -> None:
    await spoil(owner, 1, BAD_ENTRIES["no name"])
    await spoil(owner, 2, BAD_ENTRIES["a category too long for its index"])
    await check_next(pool, redis)
    found = await read_quarantine(pool, after=Position(0), limit=9)
    assert [(one.subject, one.position) for one in found] == [
        (str(tool_subject("hammer")), 1),
        (str(tool_subject("nail")), 2),
    ]
    assert not (await snapshot(pool))["community"]
    await check_next(pool, redis)
    assert (await read_checks(pool)).drift == 0


@pytest.mark.usefixtures("writer")
async def test_folds_go_on_as_before_on_connections_that_checked(
    pool: Pool, redis: Redis, writer: Writer
) -> None:
    for turn in range(6):
        await write(writer, ship(f"eve-{turn}"), ship(f"eve-{turn}", "nail"))
        await fold_all(pool)
        await check_next(pool, redis)
    assert set(await checkpoints(pool)) == set(NAMES)
    await assert_folds_are_exact(pool)


@pytest.mark.usefixtures("writer")
async def test_a_worker_rests_many_times_as_long_as_it_checks(pool: Pool, redis: Redis) -> None:
    context: dict[str, object] = {"pool": pool, "redis": redis}
    for _ in range(5):
        await check(context)
    assert (await read_checks(pool)).rounds == 1


async def test_a_repaired_subject_is_taken_back_by_the_workers_sweep(
    pool: Pool, redis: Redis, owner: Owner, writer: Writer
) -> None:
    await write(writer, ship("eve", "nail"))
    await spoil(owner, 16, "schema = 7")
    await fold_all(pool)
    context: dict[str, object] = {"pool": pool, "redis": redis}
    await retry_quarantined(context)
    await spoil(owner, 16, "schema = 1")
    await retry_quarantined(context)
    assert len(await read_quarantine(pool, after=Position(0), limit=9)) == 1  # its pause is not over
    await owner.execute("UPDATE read.set_aside SET retry_at = now()")
    await retry_quarantined(context)
    assert await read_quarantine(pool, after=Position(0), limit=9) == []
    await assert_folds_are_exact(pool)
