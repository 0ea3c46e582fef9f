"""Ranks tools by the votes of the crowd or the reviews of the panel on each."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from events.ids import Position, SubjectId
from events.log.connection import Pool
from projections.criteria import ShareCriterion
from projections.leaderboards.board import (
    Leaderboard,
    Names,
    Row,
    read_listed,
    read_listed_by_category,
    trend_begins,
)
from projections.past.counts import count_at
from projections.past.moments import At, State, open_state
from projections.past.panel import read_panels
from projections.rules.rule import Rule
from projections.rules.tallies import Tally
from projections.scores import DIGITS, Counts


class ShareBoard(Leaderboard, frozen=True):
    """A leaderboard by shares, and the votes for and against that each tool's share is made of."""

    tallies: Mapping[str, Tally]


async def read_share_board(
    pool: Pool, category: str | None, *, by: ShareCriterion, at: At | None = None, corrected: bool = False
) -> ShareBoard:
    """Read the leaderboard of a category, or of all (None), by shares of votes, now or at a moment."""
    async with open_state(pool) as state:
        position = state.known if at is None else await state.position(at)
        names = await read_listed(state, position, category)
        counted = await _count(state, list(names), position, by, corrected=corrected)
        return _board(state, position, names, counted, by)


async def read_share_boards(pool: Pool, *, by: ShareCriterion) -> Mapping[str, ShareBoard]:
    """Read every category's leaderboard by shares of votes, as it is now."""
    async with open_state(pool) as state:
        categories = await read_listed_by_category(state, state.known)
        subjects = [subject for names in categories.values() for subject in names]
        counted = await _count(state, subjects, state.known, by, corrected=False)
        return {
            category: _board(state, state.known, names, counted, by) for category, names in categories.items()
        }


class Counted(Struct, frozen=True):
    """Tools' votes at a position, and seven days before."""

    now: Mapping[SubjectId, Tally]
    before: Mapping[SubjectId, Tally]


async def _count(
    state: State, subjects: Sequence[SubjectId], position: Position, by: ShareCriterion, *, corrected: bool
) -> Counted:
    panels = await read_panels(state, subjects)
    rule = state.rules.at(position)
    now = await count_at(state, panels, position=position, corrected=corrected, rule=rule)
    earlier = await trend_begins(state, position)
    before = await count_at(state, panels, position=earlier, corrected=corrected, rule=rule)
    return Counted(_tallies(now, by), _tallies(before, by))


def _board(
    state: State, position: Position, names: Names, counted: Counted, by: ShareCriterion
) -> ShareBoard:
    rule = state.rules.at(position)
    tallies = {subject: counted.now[subject] for subject in names}
    votes_min = rule.ranked_votes_min if by == "community" else rule.ranked_reviews_min
    ranks = rule.ranks(tallies, votes_min=votes_min)
    rows = [
        _row(names[subject], tally, counted.before[subject], ranks.get(subject), rule)
        for subject, tally in tallies.items()
    ]
    rows.sort(key=lambda row: (row.rank is None, -(row.score or 0), -row.votes, row.tool))
    return ShareBoard(position, rule, rows, {names[subject][0]: tally for subject, tally in tallies.items()})


def _tallies(counts: Mapping[SubjectId, Counts], by: ShareCriterion) -> dict[SubjectId, Tally]:
    return {subject: count.panel if by == "panel" else count.crowd for subject, count in counts.items()}


def _row(name: tuple[str, str], tally: Tally, before: Tally, place: str | None, rule: Rule) -> Row:
    low, high = rule.interval(tally)
    low_before, _ = rule.interval(before)
    return Row(
        tool=name[0],
        name=name[1],
        rank=place,
        score=round(low, DIGITS) if tally.votes else None,
        interval=(round(low, DIGITS), round(high, DIGITS)),
        votes=tally.votes,
        trend=round(low - low_before, DIGITS) if tally.votes and before.votes else None,
    )
