"""Leaderboards: the tools of a category by what the crowd or the panel says, now or as they stood."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Pool
from projections.past import sql
from projections.past.counts import count_at
from projections.past.moments import At, State, open_state
from projections.past.panel import read_panels
from projections.ranking import RANKED_VOTES_MIN, rank_tallies
from projections.scores import DIGITS, Counts
from projections.wilson import Interval, wilson_interval

By = Literal["community", "panel"]

TREND: Final = timedelta(days=7)

Votes = tuple[int, int]
"""For and against."""


class Row(Struct, frozen=True, kw_only=True):
    """A tool's place.

    Attributes:
        rank: The ranks it may have, "2" or "2-4" where intervals overlap; None with too few votes for one.
        score: Lower bound of the interval: the share that a larger crowd would give at least.
        votes: Votes, or the panel's verdicts.
        trend: By how much the score has changed in seven days; None where there was none.
    """

    tool: str
    name: str
    rank: str | None
    score: float | None
    interval: Interval
    votes: int
    trend: float | None


class Leaderboard(Struct, frozen=True):
    """A category's tools, the best first; those without a rank come last. Exact at `position`."""

    position: Position
    rows: list[Row]


async def read_leaderboard(
    pool: Pool, category: str | None, *, by: By, at: At | None = None, corrected: bool = False
) -> Leaderboard:
    """Read the leaderboard of a category, or of all (None), as it is or as it was at a moment."""
    async with open_state(pool) as state:
        position = state.known if at is None else await state.position(at)
        listed = await state.connection.fetch(sql.select_listed, position, category)
        names = {SubjectId(row["subject_id"]): (row["slug"], row["name"]) for row in listed}
        panels = await read_panels(state, list(names))
        now = await count_at(state, panels, position=position, corrected=corrected)
        earlier = await _week_before(state, position)
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


async def _week_before(state: State, position: Position) -> Position:
    recorded_at: datetime | None = await state.connection.fetchval(sql.select_recorded_at, position)
    return Position(0) if recorded_at is None else await state.position(recorded_at - TREND)


def _tallies(counts: Mapping[SubjectId, Counts], by: By) -> dict[SubjectId, Votes]:
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
