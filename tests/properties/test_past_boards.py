"""Leaderboards by shares at every position against plain Python, each by the rule of then."""

from collections.abc import Sequence
from datetime import timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from events.codec import Event
from events.facts import ToolDelisted, ToolEntry
from events.ids import Position, tool_subject
from events.log.connection import Pool
from projections.criteria import ShareCriterion
from projections.leaderboards.board import TREND
from projections.leaderboards.shares import ShareBoard, read_share_board, read_share_boards
from projections.rules.rule import Rule
from projections.rules.tallies import Tally
from tests.properties.logs import judge, new_log
from tests.properties.orders import OPENING, TOOLS, Judgement, Named, adoptions, batches, judgements
from tests.support.database import admin_connection
from tests.support.examples import tried_with
from tests.support.folds import fold_all, whole_log
from tests.support.oracle import count, rule_at
from tests.support.raw_log import tamper

EXAMPLES_MAX = 12
SUBJECTS = {f"own-{tool}": tool_subject(f"own-{tool}") for tool in TOOLS}
SPREAD = "UPDATE log.events SET recorded_at = '2026-03-29'::timestamptz + position / 2 * $1::interval"


def tally(log: Sequence[Event], slug: str, by: ShareCriterion, *, at: int, known: int, rule: Rule) -> Tally:
    """Ask the oracle."""
    panel_ship, panel_skip, ship, skip, _ = count(log, SUBJECTS[slug], at=at, known=known, rule=rule)
    return Tally(ship=panel_ship, skip=panel_skip) if by == "panel" else Tally(ship=ship, skip=skip)


def a_week_before(log: Sequence[Event], at: int) -> int:
    """Find the last position recorded seven days before a position or earlier; 0 if there is none."""
    earlier = log[at - 1].recorded_at - TREND if at else log[0].recorded_at - TREND
    return max((event.position for event in log if event.recorded_at <= earlier), default=0)


def listed(log: Sequence[Event], at: int) -> set[str]:
    """Name the tools whose last entry up to a position stands."""
    last = {e.subject_id: e.fact for e in log[:at] if isinstance(e.fact, ToolEntry | ToolDelisted)}
    return {slug for slug, subject_id in SUBJECTS.items() if isinstance(last.get(subject_id), ToolEntry)}


def assert_exact(
    board: ShareBoard, log: Sequence[Event], by: ShareCriterion, *, at: int, corrected: bool
) -> None:
    """Hold every row against the oracle: both sides of a trend are made by the rule of the board."""
    rule, then = rule_at(log, at), a_week_before(log, at)
    known, known_then = (len(log), len(log)) if corrected else (at, then)
    now = {slug: tally(log, slug, by, at=at, known=known, rule=rule) for slug in listed(log, at)}
    assert (board.position, board.rule, board.tallies) == (at, rule, now)
    ranks = rule.ranks(now, votes_min=rule.ranked_votes_min if by == "community" else rule.ranked_reviews_min)
    for row in board.rows:
        votes, before = now[row.tool], tally(log, row.tool, by, at=then, known=known_then, rule=rule)
        low, high = rule.interval(votes)
        risen = low - rule.interval(before)[0]
        assert row.interval == (round(low, 4), round(high, 4))
        assert row.score == (round(low, 4) if votes.votes else None)
        assert row.trend == (round(risen, 4) if votes.votes and before.votes else None)
        assert (row.rank, row.votes) == (ranks.get(row.tool), votes.votes)


@tried_with(EXAMPLES_MAX)
@given(
    plan=st.lists(st.tuples(batches, judgements, adoptions), min_size=1, max_size=4),
    pace=st.sampled_from((timedelta(minutes=25), timedelta(days=1), timedelta(days=4))),
)
async def test_leaderboards_are_exact_at_every_position(
    *,
    plan: list[tuple[Sequence[Named], Sequence[Judgement], Sequence[Named]]],
    pace: timedelta,
    server_url: str,
    template: str,
) -> None:
    async with new_log(server_url, template) as (url, pool, (writer, _)):
        await writer.submit([order("own") for order in OPENING])
        for orders, ruled, adopted in plan:
            await writer.submit([order("own") for order in (*orders, *adopted)])
            await judge(pool, writer, ruled)
        async with admin_connection(url) as owner:
            await tamper(owner, SPREAD, pace)
        await fold_all(pool)
        async with pool.acquire() as connection:
            log = await whole_log(connection)
        await assert_every_board_is_exact(pool, log)


async def assert_every_board_is_exact(pool: Pool, log: Sequence[Event]) -> None:
    """Look at the boards by community and by panel, in both pasts and now."""
    head = len(log)
    for by in get_args(ShareCriterion):
        for at in range(1, head + 1):
            for corrected in (False, True):
                board = await read_share_board(pool, None, by=by, at=Position(at), corrected=corrected)
                assert_exact(board, log, by, at=at, corrected=corrected)
        assert_exact(await read_share_board(pool, None, by=by), log, by, at=head, corrected=False)
        boards = await read_share_boards(pool, by=by)
        for board in boards.values():
            assert_exact(board, log, by, at=head, corrected=False)
