"""Ratings from the log to the table: exact, whatever the order, fitted when due and not before."""

import random
from collections.abc import Sequence
from math import log10
from statistics import geometric_mean

import evalica
import pytest

from events.facts import OVERALL, TIE
from events.ids import Position, tool_subject
from events.log.commands import Appended, Command
from events.log.connection import Pool
from events.log.writer import Writer
from projections.leaderboards.board import Leaderboard
from projections.leaderboards.matchups import read_matchup_board
from projections.ratings.past import PastRatings
from projections.ratings.rating import Rating
from projections.ratings.storing import is_due, mark_stale, read_fits, read_ratings, refit_due
from service.commands.matchups import CastPreference, matchup_of
from tests.support.folds import fold_all
from tests.support.llmfao import Row, models, read_rows, standing
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner
from tests.support.rulings import retract

BATCH = 500


def prefer(row: Row) -> CastPreference:
    return CastPreference(
        matchup=matchup_of(row.left, row.right, row.context), account=row.voter, winner=row.winner
    )


async def submit(writer: Writer, commands: Sequence[Command]) -> int:
    """Write commands in batches; return how many of them changed something."""
    changed = 0
    for start in range(0, len(commands), BATCH):
        for answer in await write(writer, *commands[start : start + BATCH]):
            assert isinstance(answer, Appended)
            changed += answer.changed
    return changed


async def stored(pool: Pool, slugs: Sequence[str], context: str = OVERALL) -> dict[str, Rating]:
    subjects = {tool_subject(slug): slug for slug in slugs}
    async with pool.acquire() as connection:
        _, ratings = await read_ratings(connection, context, list(subjects))
    return {subjects[subject]: rating for subject, rating in ratings.items()}


def independent(rows: Sequence[Row]) -> dict[str, float]:
    """Fit the strengths by another library, on the rows themselves; their geometric mean is 1."""
    sides = {True: evalica.Winner.X, False: evalica.Winner.Y}
    winners = [evalica.Winner.Draw if row.winner == TIE else sides[row.winner == row.left] for row in rows]
    fitted = evalica.bradley_terry(
        [row.left for row in rows], [row.right for row in rows], winners, tolerance=1e-14, limit=100_000
    )
    strengths = {str(slug): float(strength) for slug, strength in fitted.scores.items()}
    mean = geometric_mean(list(strengths.values()))
    return {slug: strength / mean for slug, strength in strengths.items()}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read_rows()


@pytest.mark.parametrize("seed", [None, 7], ids=["in the file's order", "shuffled"])
async def test_real_preferences_come_to_the_strengths_of_an_independent_fit(
    seed: int | None, rows: list[Row], pool: Pool, database_url: str
) -> None:
    slugs, given = models(rows), list(rows)
    if seed is not None:
        random.Random(seed).shuffle(given)  # noqa: S311 - no secret
    async with open_writer(database_url) as writer:
        await submit(writer, [list_tool(slug) for slug in slugs])
        assert await submit(writer, [prefer(row) for row in given]) == len(rows)
        await fold_all(pool)
        await refit_due(pool)
        await assert_strengths(pool, slugs, standing(given))
        board = await read_matchup_board(pool, None, context=OVERALL, past=PastRatings())
        assert len(board.rows) == len(slugs)
        assert sum(row.votes for row in board.rows) == 2 * len(standing(rows))

        # Half of them change their minds, which counts once each: incrementally as from scratch.
        changed = [Row(row.left, row.right, row.context, row.voter, TIE) for row in given[: len(given) // 2]]
        replaced = sum(row.winner != TIE for row in given[: len(given) // 2])
        assert await submit(writer, [prefer(row) for row in changed]) == replaced
        await fold_all(pool)
        await refit_due(pool)
        await assert_strengths(pool, slugs, standing([*given, *changed]))


async def assert_strengths(pool: Pool, slugs: Sequence[str], rows: Sequence[Row]) -> None:
    """Hold the ratings of all contexts together, and of one, against the independent fit."""
    wanted = independent(rows)
    found = await stored(pool, slugs)
    assert found.keys() == wanted.keys()
    for slug, rating in found.items():
        assert rating.strength == pytest.approx(wanted[slug], abs=1e-6)
        assert rating.note is None
    context = rows[0].context
    here = [row for row in rows if row.context == context]
    scaled = {
        slug: rating for slug, rating in (await stored(pool, slugs, context)).items() if not rating.note
    }
    assert len(scaled) > 2
    inner = independent([row for row in here if {row.left, row.right} <= scaled.keys()])
    for slug, rating in scaled.items():
        assert rating.strength == pytest.approx(inner[slug], abs=1e-6)


async def test_ratings_are_due_when_a_matchup_changed_and_not_before(pool: Pool, database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), list_tool("nail"))
        await fold_all(pool)
        assert not await is_due(pool)
        await write(writer, *(a_preference(voter, "hammer") for voter in "abcdef"))
        await fold_all(pool)
        assert await is_due(pool)
        await refit_due(pool)
        assert not await is_due(pool)
        before = await stored(pool, ["hammer", "nail"])
        assert [rating.note for rating in before.values()] == ["apart", "apart"]

        await write(writer, a_preference("g", "nail"), a_preference("h", "nail", context="code"))
        await fold_all(pool)
        await refit_due(pool)
        after = await stored(pool, ["hammer", "nail"])
        assert (after["hammer"].wins, after["hammer"].losses) == (6, 2)
        assert after["hammer"].strength == pytest.approx(3**0.5)
        assert (await stored(pool, ["nail"], "code"))["nail"].wins == 1
        assert [(fit.context, fit.position) for fit in await read_fits(pool)] == [(OVERALL, 10), ("code", 10)]

        await retract(pool, writer, [9, 10])
        await fold_all(pool)
        assert await is_due(pool)
        await refit_due(pool)
        assert await stored(pool, ["hammer", "nail"]) == before
        assert await stored(pool, ["hammer", "nail"], "code") == {}


async def test_stale_ratings_are_fitted_anew_and_read_meanwhile(
    pool: Pool, database_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), list_tool("nail"))
        await write(writer, a_preference("a", "hammer"), a_preference("b", "nail"))
        await fold_all(pool)
        await refit_due(pool)
    right = await stored(pool, ["hammer", "nail"])
    await owner.execute("UPDATE read.ratings SET wins = 1000")
    async with pool.acquire() as connection:
        await mark_stale(connection)
    assert (await stored(pool, ["nail"]))["nail"].wins == 1000
    assert await is_due(pool)
    await refit_due(pool)
    assert await stored(pool, ["hammer", "nail"]) == right
    assert not await is_due(pool)


async def test_past_boards_are_those_that_were_published(pool: Pool, database_url: str) -> None:
    boards: dict[int, Leaderboard] = {}
    past = PastRatings()
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), list_tool("nail"), list_tool("anvil"))
        for voter, winner in zip("abcdefghijkl", ["hammer", "nail", "tie"] * 4, strict=True):
            await write(writer, a_preference(voter, winner))
            await fold_all(pool)
            await refit_due(pool)
            board = await read_matchup_board(pool, None, context=OVERALL, past=past)
            boards[board.position] = board
        [first] = [position for position, board in boards.items() if board.position == 4]
        await retract(pool, writer, [first])
        await fold_all(pool)
        for position, board in boards.items():
            found = await read_matchup_board(pool, None, context=OVERALL, past=past, at=Position(position))
            assert found == board
        corrected = await read_matchup_board(
            pool, None, context=OVERALL, past=past, at=Position(first), corrected=True
        )
        assert [row.votes for row in corrected.rows] == [0, 0, 0]


async def test_tools_with_few_matchups_are_listed_without_a_rank(pool: Pool, database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), list_tool("nail"), list_tool("anvil"))
        await write(writer, *(a_preference(voter, "hammer") for voter in "abcd"))
        await write(writer, a_preference("e", "nail"))
        await write(writer, *(a_preference(voter, "anvil", against="nail") for voter in "ab"))
        await fold_all(pool)
        await refit_due(pool)
    board = await read_matchup_board(pool, None, context=OVERALL, past=PastRatings())
    rows = {row.tool: row for row in board.rows}
    assert [row.tool for row in board.rows][-1] == "anvil"
    assert rows["anvil"].rank is None
    assert rows["anvil"].note == "only wins"
    low, high = rows["anvil"].interval
    assert low is not None
    assert high is None
    assert rows["hammer"].rank is not None
    assert rows["hammer"].score == pytest.approx(1000 + 200 * log10(4), abs=0.05)


def a_preference(
    voter: str, winner: str, *, context: str = OVERALL, against: str = "hammer"
) -> CastPreference:
    """Let a voter choose between hammer and nail, or between another and one of them."""
    other = against if winner not in {"hammer", "nail", TIE} else "nail"
    one = winner if winner not in {"hammer", "nail", TIE} else "hammer"
    return CastPreference(matchup=matchup_of(one, other, context), account=voter, winner=winner)
