"""Folds and their checkpoints: run twice, at once, cut off, or over a hole, they count once."""

import asyncio

import asyncpg
import pytest

from events.ids import Position
from events.log.connection import Pool
from events.log.reader import read_head
from projections.catching_up import checkpoints, reach
from projections.folding import fold_next
from projections.model import FOLD_LOCKS
from projections.registry import MODELS, NAMES
from projections.scores import read_current_score
from tests.support.folds import assert_folds_are_exact, fold_all, snapshot
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, tamper
from tests.support.votes import ship, skip

COMMUNITY = MODELS[NAMES.index("community")]
VOTERS = 20
HEAD = 1 + 2 * VOTERS
DIE_AT_COMMIT = """
CREATE FUNCTION public.at_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM pg_terminate_backend(pg_backend_pid());
    PERFORM pg_sleep(60);
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER at_commit AFTER UPDATE ON read.checkpoints DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.at_commit();
"""


@pytest.fixture(autouse=True)
async def log(database_url: str) -> None:
    """A tool, and voters who all changed their minds."""
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        await write(writer, *(ship(f"voter-{number}") for number in range(VOTERS)))
        await write(writer, *(skip(f"voter-{number}") for number in range(VOTERS)))


async def tally(pool: Pool) -> tuple[int, int]:
    """Return the hammer's votes for and against."""
    score = (await read_current_score(pool, "hammer")).score
    assert score is not None
    return score.community.ship, score.community.skip


async def test_folding_again_changes_nothing(pool: Pool) -> None:
    steps = await fold_all(pool)
    assert [(step.model, step.position) for step in steps] == [(name, HEAD) for name in NAMES]
    before = await snapshot(pool)
    assert await fold_all(pool) == []
    assert await snapshot(pool) == before
    assert await tally(pool) == (0, VOTERS)


async def test_many_that_fold_at_once_count_once(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("projections.folding.FOLD_EVENTS_MAX", 3)
    steps = await asyncio.gather(*[fold_all(pool) for _ in range(8)])
    assert sum(len(some) for some in steps) <= len(MODELS) * (HEAD // 3 + 1)
    async for reached in reach(pool, Position(HEAD)):
        assert max(reached.values()) <= HEAD
    await assert_folds_are_exact(pool)
    assert await tally(pool) == (0, VOTERS)


async def test_a_model_that_another_worker_folds_is_left_to_it(pool: Pool, owner: Owner) -> None:
    async with owner.transaction():
        await owner.execute("SELECT pg_advisory_xact_lock($1, $2)", FOLD_LOCKS, COMMUNITY.number)
        steps = await fold_all(pool)
        assert {step.model for step in steps} == set(NAMES) - {"community"}
        assert (await checkpoints(pool))["community"] == 0
    assert [step.model for step in await fold_all(pool)] == ["community"]


async def test_a_fold_that_fails_before_its_commit_counts_nothing(pool: Pool) -> None:
    async def fold_and_fail() -> None:
        async with pool.acquire() as connection, connection.transaction():
            assert await fold_next(connection, COMMUNITY, head=Position(HEAD)) is not None
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await fold_and_fail()
    assert (await checkpoints(pool))["community"] == 0
    assert not (await snapshot(pool))["community"]
    await fold_all(pool)
    assert await tally(pool) == (0, VOTERS)


async def test_a_worker_killed_at_its_commit_counts_nothing_and_the_next_counts_once(
    pool: Pool, owner: Owner
) -> None:
    await owner.execute(DIE_AT_COMMIT)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        await fold_all(pool)
    await owner.execute("DROP TRIGGER at_commit ON read.checkpoints")
    assert set((await checkpoints(pool)).values()) == {0}
    assert not any((await snapshot(pool)).values())
    await fold_all(pool)
    await assert_folds_are_exact(pool)
    assert await tally(pool) == (0, VOTERS)


async def test_a_hole_in_the_log_stops_every_fold_before_it(
    pool: Pool, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.folding.FOLD_EVENTS_MAX", 5)
    hole = await owner.fetchrow("SELECT * FROM log.events WHERE position = 18")
    assert hole is not None
    await tamper(owner, "DELETE FROM log.events WHERE position = 18")
    await fold_all(pool)
    assert set((await checkpoints(pool)).values()) == {15}
    await assert_folds_are_exact(pool)
    assert await fold_all(pool) == []

    columns, places = ", ".join(hole.keys()), ", ".join(f"${n}" for n in range(1, len(hole) + 1))
    await owner.execute(f"INSERT INTO log.events ({columns}) VALUES ({places})", *hole.values())  # noqa: S608 - columns of a catalogue
    await fold_all(pool)
    assert set((await checkpoints(pool)).values()) == {HEAD}
    await assert_folds_are_exact(pool)


async def test_a_head_beyond_the_last_event_stops_every_fold_at_its_range(pool: Pool, owner: Owner) -> None:
    await owner.execute("UPDATE log.head SET position = position + 1")
    assert await fold_all(pool) == []
    assert set((await checkpoints(pool)).values()) == {0}


async def test_a_fold_never_goes_beyond_the_head_it_was_given(pool: Pool) -> None:
    async with pool.acquire() as connection:
        assert await read_head(connection) == HEAD
        for head in (7, 7, 3, 12):
            await fold_next(connection, COMMUNITY, head=Position(head))
            await assert_folds_are_exact(pool)
    assert (await checkpoints(pool))["community"] == 12


async def test_caught_up_means_every_registered_model_whether_it_has_a_row_or_not(
    pool: Pool, owner: Owner
) -> None:
    await fold_all(pool)
    assert await checkpoints(pool) == dict.fromkeys(NAMES, HEAD)
    assert (await read_current_score(pool, "hammer")).position == HEAD
    await owner.execute("DELETE FROM read.checkpoints WHERE model = 'reviews'")
    assert await checkpoints(pool) == {**dict.fromkeys(NAMES, HEAD), "reviews": 0}
    assert (await read_current_score(pool, "hammer")).position == 0
    assert await fold_all(pool) == []


async def test_a_model_without_its_events_in_a_range_still_moves(pool: Pool) -> None:
    steps = {step.model: step for step in await fold_all(pool)}
    assert (steps["reviews"].position, steps["reviews"].subjects) == (HEAD, [])


async def test_reaching_a_position_ends_with_every_checkpoint_there(pool: Pool) -> None:
    seen = [reached async for reached in reach(pool, Position(HEAD))]
    assert seen[-1] == dict.fromkeys(NAMES, HEAD)


async def test_many_changed_subjects_are_not_named(
    pool: Pool, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.folding.HINT_SUBJECTS_MAX", 2)
    async with open_writer(database_url) as writer:
        await write(writer, *(list_tool(f"tool-{number}") for number in range(2)))
    steps = {step.model: step.subjects for step in await fold_all(pool)}
    assert steps["catalogue"] is None
    assert len(steps["community"] or []) == 1
