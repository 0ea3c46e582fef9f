"""Ranks tools by what the crowd or the panel says of each."""

from collections.abc import Mapping
from typing import Literal

from events.ids import SubjectId
from events.log.connection import Pool
from projections.leaderboards.board import Leaderboard, Row, read_listed, trend_begins
from projections.past.counts import count_at
from projections.past.moments import At, open_state
from projections.past.panel import read_panels
from projections.ranking import RANKED_VOTES_MIN, rank_tallies
from projections.scores import DIGITS, Counts
from projections.wilson import Interval, wilson_interval

SharesBy = Literal["community", "panel"]

Votes = tuple[int, int]
"""For and against."""


async def read_share_board(
    pool: Pool, category: str | None, *, by: SharesBy, at: At | None = None, corrected: bool = False
) -> Leaderboard:
    """Read the leaderboard of a category, or of all (None), by shares of votes, now or at a moment."""
    async with open_state(pool) as state:
        position = state.known if at is None else await state.position(at)
        names = await read_listed(state, position, category)
        panels = await read_panels(state, list(names))
        now = await count_at(state, panels, position=position, corrected=corrected)
        earlier = await trend_begins(state, position)
        then = await count_at(state, panels, position=earlier, corrected=corrected)
    tallies = _tallies(now, by)
    before = _tallies(then, by)
    ranks = rank_tallies(tallies, votes_min=RANKED_VOTES_MIN if by == "community" else 1)
    rows = [
        _row(*names[subject], votes, before[subject], ranks.get(subject))
        for subject, votes in tallies.items()
    ]
    rows.sort(key=lambda row: (row.rank is None, -(row.score or 0), -row.votes, row.tool))
    return Leaderboard(position, rows)


def _tallies(counts: Mapping[SubjectId, Counts], by: SharesBy) -> dict[SubjectId, Votes]:
    if by == "panel":
        return {subject: (count.panel_ship, count.panel_skip) for subject, count in counts.items()}
    return {subject: (count.ship, count.skip) for subject, count in counts.items()}


def _interval(votes: Votes) -> Interval:
    return wilson_interval(ship=votes[0], skip=votes[1])


def _row(slug: str, name: str, votes: Votes, before: Votes, place: str | None) -> Row:
    low, high = _interval(votes)
    return Row(
        tool=slug,
        name=name,
        rank=place,
        score=round(low, DIGITS) if sum(votes) else None,
        interval=(round(low, DIGITS), round(high, DIGITS)),
        votes=sum(votes),
        trend=round(low - _interval(before)[0], DIGITS) if sum(votes) and sum(before) else None,
    )
