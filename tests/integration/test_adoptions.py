"""Adoptions of rules: exact at their position, told to whoever serves scores, and no trouble if unknown."""

import asyncio
from collections.abc import AsyncGenerator
from uuid import UUID, uuid4

import msgspec
import pytest

from events.facts import OVERALL
from events.ids import RULE_SUBJECT, Position
from events.log.connection import Pool
from events.log.writer import Writer
from projections.leaderboards.board import Leaderboard
from projections.leaderboards.matchups import read_matchup_board
from projections.past.counts import read_past_score
from projections.past.moments import open_state
from projections.quarantine.refolding import refold
from projections.quarantine.register import read_quarantine
from projections.ratings.past import PastRatings
from projections.ratings.storing import is_due, refit_due
from projections.registry import MODELS
from projections.rules import registry
from projections.rules.adoption import note_order, read_adoptions
from projections.rules.registry import rule_named
from projections.rules.tallies import Tally
from projections.scores import read_current_score
from service.commands.matchups import CastPreference, matchup_of
from service.commands.rules import AdoptRule
from service.live.score_cache import ScoreCache
from service.server.resources import scores_changed
from tests.support.folds import fold_all, whole_log
from tests.support.logs import list_tool, open_writer, write
from tests.support.oracle import rule_at
from tests.support.raw_log import Owner, tamper
from tests.support.votes import ship

OLD, NEW, OPEN, UNKNOWN = "2026-11", "2026-12", "2026-11-open", "2031-01"
ROUNDS = 30

_encode = msgspec.json.Encoder().encode


@pytest.fixture
async def writer(database_url: str) -> AsyncGenerator[Writer]:
    """A writer on a log with a hammer."""
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"))
        yield writer


def adopting(rule: str, order: UUID | None = None) -> AdoptRule:
    return AdoptRule(rule=rule, order=str(order or uuid4()))


async def rule_of(pool: Pool) -> str:
    """Read by which rule the hammer's score is made."""
    score = (await read_current_score(pool, "hammer")).score
    assert score is not None
    return score.rule


async def test_every_fold_of_an_adoption_says_so(pool: Pool, writer: Writer) -> None:
    await fold_all(pool)
    await write(writer, adopting(NEW))
    assert [folded.subjects for folded in await fold_all(pool)] == [[RULE_SUBJECT]] * len(MODELS)
    await write(writer, ship("ann"))
    assert RULE_SUBJECT not in [id_ for folded in await fold_all(pool) for id_ in folded.subjects or ()]


async def test_scores_kept_in_memory_are_dropped_once_an_adoption_is_folded(
    pool: Pool, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.live.score_cache.SCORE_FRESH_S", 3_600.0)
    await fold_all(pool)
    board = ScoreCache(pool)
    first = await board.get("hammer", after=Position(0))
    await write(writer, adopting(NEW))
    folds = await fold_all(pool)
    assert await board.get("hammer", after=Position(0)) is first
    board.on_folded(scores_changed(_encode(folds[-1].subjects)))
    second = await board.get("hammer", after=Position(0))
    assert second.etag != first.etag
    assert NEW.encode() in second.etag


async def test_without_a_hint_a_score_kept_in_memory_is_read_anew_when_it_is_no_longer_fresh(
    pool: Pool, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.live.score_cache.SCORE_FRESH_S", 0.0)
    await fold_all(pool)
    board = ScoreCache(pool)
    first = await board.get("hammer", after=Position(0))
    await write(writer, adopting(NEW))
    await fold_all(pool)
    assert (await board.get("hammer", after=Position(0))).etag != first.etag


async def test_a_score_is_never_made_of_new_counts_and_an_old_rule(pool: Pool, writer: Writer) -> None:
    """Read all the time while votes and adoptions come in turn and are folded together."""
    readings = [await read_current_score(pool, "hammer")]
    ended = asyncio.Event()

    async def look() -> None:
        while not ended.is_set():
            readings.append(await read_current_score(pool, "hammer"))

    looking = asyncio.create_task(look())
    for number in range(ROUNDS):
        await write(writer, ship(f"voter-{number}"), adopting((NEW, OLD)[number % 2]), ship(f"late-{number}"))
        await fold_all(pool)
    ended.set()
    await looking
    async with pool.acquire() as connection:
        log = await whole_log(connection)
    assert len({reading.position for reading in readings}) > 1
    for reading in (reading for reading in readings if reading.score):
        rule = rule_at(log, reading.position)
        ships = sum(e.position <= reading.position for e in log if type(e.fact).__name__ == "VoteCast")
        low, high = rule.interval(Tally(ship=ships))
        assert reading.score is not None
        assert reading.score.rule == rule.name
        assert reading.score.community.ship == ships
        assert reading.score.community.interval == (round(low, 4), round(high, 4))


async def test_until_it_is_folded_an_adoption_changes_nothing(pool: Pool, writer: Writer) -> None:
    await fold_all(pool)
    before = await read_current_score(pool, "hammer")
    await write(writer, adopting(NEW))
    assert await read_current_score(pool, "hammer") == before
    async with open_state(pool) as state:
        assert state.rules.at(state.known) == rule_named(OLD)
    await fold_all(pool)
    assert await rule_of(pool) == NEW


async def test_a_rule_that_this_build_does_not_know_leaves_the_one_before_current(
    pool: Pool, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(writer, adopting(NEW), adopting(UNKNOWN))
    await fold_all(pool)
    [aside] = await read_quarantine(pool, after=Position(0), limit=10)
    assert (aside.subject, aside.type) == (str(RULE_SUBJECT), "RuleAdopted")
    assert UNKNOWN in aside.error
    assert await rule_of(pool) == NEW
    assert (await read_past_score(pool, "hammer", at=Position(3))).rule == NEW

    names = {rule.name: rule for rule in registry.RULES}
    monkeypatch.setattr("projections.rules.registry._BY_NAME", {**names, UNKNOWN: names[OLD]})
    assert await refold(pool, RULE_SUBJECT) is None
    assert (await read_adoptions(pool, to=Position(3))).current == UNKNOWN


async def test_who_adopted_a_rule_can_be_forgotten(pool: Pool, writer: Writer, owner: Owner) -> None:
    order = uuid4()
    await note_order(pool, order, by="ada")
    await note_order(pool, order, by="ada")
    await write(writer, adopting(NEW, order))
    [adoption] = (await read_adoptions(pool, to=Position(2))).all
    assert (adoption.rule, adoption.position, adoption.adopted_by) == (NEW, 2, "ada")
    await owner.execute("DELETE FROM log.adoptions")
    [adoption] = (await read_adoptions(pool, to=Position(2))).all
    assert (adoption.rule, adoption.adopted_by) == (NEW, None)


async def board_of(pool: Pool, position: int | None = None) -> Leaderboard:
    """Read the leaderboard by matchups, now or as of a position."""
    at = None if position is None else Position(position)
    return await read_matchup_board(pool, None, context=OVERALL, past=PastRatings(), at=at)


async def test_ratings_are_fitted_anew_by_the_rule_adopted(pool: Pool, writer: Writer) -> None:
    await write(writer, list_tool("nail"))
    await write(writer, *(preferring("hammer", f"voter-{number}") for number in range(14)))
    await write(writer, *(preferring("nail", f"other-{number}") for number in range(7)))
    await fold_all(pool)
    await refit_due(pool)
    before = await board_of(pool)
    assert not await is_due(pool)
    await write(writer, adopting(NEW))
    await fold_all(pool)
    assert await board_of(pool) == before
    assert await is_due(pool)
    await refit_due(pool)
    after = await board_of(pool)
    assert (before.rule, after.rule) == (rule_named(OLD), rule_named(NEW))
    assert [row.score for row in after.rows] == [row.score for row in before.rows]
    for wide, narrow in zip(after.rows, before.rows, strict=True):
        assert (wide.interval[0] or 0) < (narrow.interval[0] or 0)
    assert await board_of(pool, before.position) == before
    assert await board_of(pool, after.position) == after


async def test_a_trend_by_matchups_is_no_artefact_of_another_rule(
    pool: Pool, writer: Writer, owner: Owner
) -> None:
    """A week ago as now, one person without an account preferred the nail, and nobody changed their mind."""
    await write(writer, list_tool("nail"))
    await write(writer, *(preferring("hammer", f"voter-{number}") for number in range(14)))
    await write(writer, *(preferring("nail", f"other-{number}") for number in range(7)))
    await write(writer, *(preferring("nail", f"guest-{number}", anonymous=True) for number in range(20)))
    await tamper(owner, "UPDATE log.events SET recorded_at = recorded_at - interval '30 days'")
    await write(writer, adopting(OPEN))
    await fold_all(pool)
    await refit_due(pool)
    board = await board_of(pool)
    assert board.rule == rule_named(OPEN)
    assert [row.votes for row in board.rows] == [41, 41]
    assert [row.trend for row in board.rows] == [0.0, 0.0]


def preferring(winner: str, account: str, *, anonymous: bool = False) -> CastPreference:
    matchup = matchup_of("hammer", "nail", OVERALL)
    return CastPreference(matchup=matchup, account=account, winner=winner, anonymous=anonymous)
