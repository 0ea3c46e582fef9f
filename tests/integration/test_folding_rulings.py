"""Folding what was ruled on: wherever ranges are cut, and however often it is done again."""

from collections.abc import AsyncGenerator

import pytest

from events.facts import EventRetracted
from events.ids import Position
from events.log.connection import Pool
from events.log.writer import Writer
from projections.catching_up import catch_up
from projections.folding import fold_next
from projections.install import migrate
from projections.registry import MODELS, NAMES
from projections.scores import Excluded, read_current_score
from tests.properties.orders import Rule
from tests.support.folds import assert_folds_are_exact, fold_all, snapshot, start_anew, whole_log
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner, head
from tests.support.rulings import reinstate, retract
from tests.support.votes import ship, skip, withdraw

COMMUNITY = MODELS[NAMES.index("community")]


@pytest.fixture
async def writer(database_url: str) -> AsyncGenerator[Writer]:
    """A writer, and a hammer to vote on."""
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        yield writer


async def seen(pool: Pool) -> tuple[int, int, Excluded]:
    """Fold, and return the hammer's votes for and against and what is excluded."""
    await fold_all(pool)
    await assert_folds_are_exact(pool)
    score = (await read_current_score(pool, "hammer")).score
    assert score is not None
    return score.community.ship, score.community.skip, score.excluded


async def test_a_retracted_vote_gives_way_to_the_one_before_it(pool: Pool, writer: Writer) -> None:
    await write(writer, ship("ann"))
    await write(writer, skip("ann"), skip("bob"))
    assert await seen(pool) == (0, 2, Excluded())
    await retract(pool, writer, [3])
    assert await seen(pool) == (1, 1, Excluded(1, {"fraud": 1}))
    await retract(pool, writer, [2])
    assert await seen(pool) == (0, 1, Excluded(2, {"fraud": 2}))
    await reinstate(pool, writer, [3])
    assert await seen(pool) == (0, 2, Excluded(1, {"fraud": 1}))


async def test_a_retracted_withdrawal_lets_the_vote_count_again_and_excludes_no_vote(
    pool: Pool, writer: Writer
) -> None:
    await write(writer, ship("ann"))
    await write(writer, withdraw("ann"))
    await retract(pool, writer, [3])
    assert await seen(pool) == (1, 0, Excluded())


async def test_a_withdrawal_behind_a_ruling_alone_in_its_cell_counts_nothing(
    pool: Pool, writer: Writer, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own ruling and the one before name no choice, so their sum has nothing to add."""
    monkeypatch.setattr("projections.cells.CELL_EVENTS", 1)
    await migrate(database_url)
    await write(writer, ship("ann"))
    await retract(pool, writer, [2])
    await reinstate(pool, writer, [2])
    await write(writer, withdraw("ann"))
    assert await seen(pool) == (0, 0, Excluded())


async def test_every_score_changes_its_revision_with_a_ruling_that_leaves_the_tally(
    pool: Pool, writer: Writer
) -> None:
    await write(writer, ship("ann"))
    await write(writer, skip("ann"))
    await fold_all(pool)
    before = await read_current_score(pool, "hammer")
    await retract(pool, writer, [2])
    assert await seen(pool) == (0, 1, Excluded(1, {"fraud": 1}))
    assert (await read_current_score(pool, "hammer")).revision != before.revision


async def test_a_second_retraction_of_a_vote_gives_the_reason(pool: Pool, writer: Writer) -> None:
    """No moderator's order comes to this, but where the log says it, folds go by it."""
    await write(writer, ship("ann"))
    await retract(pool, writer, [2])
    await reinstate(pool, writer, [2])
    await retract(pool, writer, [2])
    await fold_all(pool)
    async with pool.acquire() as connection:
        vote = (await whole_log(connection))[1]
    await write(writer, Rule(target=vote, kind=EventRetracted, batch="again", reason="spam"))
    assert await seen(pool) == (0, 0, Excluded(1, {"spam": 1}))


@pytest.mark.parametrize("cut", range(1, 9))
async def test_a_range_may_end_anywhere_between_a_vote_and_its_rulings(
    cut: int, pool: Pool, writer: Writer, owner: Owner, database_url: str
) -> None:
    await write(writer, ship("ann"))
    await write(writer, skip("ann"), ship("bob"))
    await retract(pool, writer, [3, 4])
    await write(writer, skip("ann"))
    await reinstate(pool, writer, [3])
    await start_anew(owner, database_url)
    async with pool.acquire() as connection:
        await fold_next(connection, COMMUNITY, head=Position(min(cut, await head(owner))))
    await assert_folds_are_exact(pool)
    assert await seen(pool) == (0, 1, Excluded(1, {"fraud": 1}))


async def test_folding_all_anew_twice_gives_the_same(
    pool: Pool, writer: Writer, owner: Owner, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(writer, *(ship(f"voter-{number}") for number in range(30)))
    await retract(pool, writer, range(5, 25))
    await reinstate(pool, writer, range(10, 20))
    await fold_all(pool)
    before = await snapshot(pool)
    for page, keys in ((1_000, 1_000), (7, 3)):
        monkeypatch.setattr("projections.folding.FOLD_EVENTS_MAX", page)
        monkeypatch.setattr("projections.folding.KEYS_MAX", keys)
        await start_anew(owner, database_url)
        async for _ in catch_up(pool):
            pass
        assert await snapshot(pool) == before
