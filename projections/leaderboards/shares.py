"""Ranks tools by what the crowd or the panel says of each."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Pool
from projections.leaderboards.board import Leaderboard, Row, read_categories, read_listed, trend_begins
from projections.past.counts import count_at
from projections.past.moments import At, State, open_state
from projections.past.panel import read_panels
from projections.ranking import RANKED_VOTES_MIN, rank_tallies
from projections.scores import DIGITS, Counts
from projections.wilson import Interval, wilson_interval

SharesBy = Literal["community", "panel"]

Votes = tuple[int, int]
"""For and against."""


class ShareBoard(Leaderboard, frozen=True):
    """A leaderboard by shares, and the votes for and against that each tool's share is made of."""

    tallies: Mapping[str, Votes]


async def read_share_board(
    pool: Pool, category: str | None, *, by: SharesBy, at: At | None = None, corrected: bool = False
) -> ShareBoard:
    """Read the leaderboard of a category, or of all (None), by shares of votes, now or at a moment."""
    async with open_state(pool) as state:
        position = state.known if at is None else await state.position(at)
        names = await read_listed(state, position, category)
        counted = await _count(state, list(names), position, by, corrected=corrected)
    return _board(position, names, counted, by)


async def read_share_boards(pool: Pool, *, by: SharesBy) -> Mapping[str, ShareBoard]:
    """Read every category's leaderboard by shares of votes, as it is now."""
    async with open_state(pool) as state:
        categories = await read_categories(state, state.known)
        subjects = [subject for names in categories.values() for subject in names]
        counted = await _count(state, subjects, state.known, by, corrected=False)
    return {category: _board(state.known, names, counted, by) for category, names in categories.items()}


class Counted(Struct, frozen=True):
    """Tools' votes at a position, and seven days before."""

    now: Mapping[SubjectId, Votes]
    before: Mapping[SubjectId, Votes]


async def _count(
    state: State, subjects: Sequence[SubjectId], position: Position, by: SharesBy, *, corrected: bool
) -> Counted:
    panels = await read_panels(state, subjects)
    now = await count_at(state, panels, position=position, corrected=corrected)
    earlier = await trend_begins(state, position)
    before = await count_at(state, panels, position=earlier, corrected=corrected)
    return Counted(_tallies(now, by), _tallies(before, by))


def _board(
    position: Position, names: Mapping[SubjectId, tuple[str, str]], counted: Counted, by: SharesBy
) -> ShareBoard:
    tallies = {subject: counted.now[subject] for subject in names}
    ranks = rank_tallies(tallies, votes_min=RANKED_VOTES_MIN if by == "community" else 1)
    rows = [
        _row(*names[subject], votes, counted.before[subject], ranks.get(subject))
        for subject, votes in tallies.items()
    ]
    rows.sort(key=lambda row: (row.rank is None, -(row.score or 0), -row.votes, row.tool))
    return ShareBoard(position, rows, {names[subject][0]: votes for subject, votes in tallies.items()})


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
