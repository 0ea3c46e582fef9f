"""The parts that all leaderboards share: their rows, the listed tools, and the start of the trend."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from msgspec import UNSET, Struct, UnsetType

from events.ids import Position, SubjectId
from projections.past import sql
from projections.past.moments import State
from projections.ratings.rating import Note
from projections.rules.rule import Rule

TREND: Final = timedelta(days=7)

Names = Mapping[SubjectId, tuple[str, str]]
"""Slug and name of each tool."""


class Row(Struct, frozen=True, kw_only=True):
    """A tool's place.

    Attributes:
        rank: The ranks it may have, "2" or "2-4" where intervals overlap; None with too few votes for one.
        score: Lower bound of the interval: the share that a larger crowd would give at least. By matchups the
            rating, 1000 for a tool of average strength; None where there is none.
        interval: What the share of a larger crowd, or the rating, might be; a rating may lack a bound.
        votes: Votes, the panel's verdicts, or matchups.
        trend: By how much the score has changed in seven days; None where there was none. Both scores are
            made by the rule of the board, so voters have moved it and never a change of rule.
        note: Why a tool has no rating on the scale of the others; left out where it has.
    """

    tool: str
    name: str
    rank: str | None
    score: float | None
    interval: tuple[float | None, float | None]
    votes: int
    trend: float | None
    note: Note | UnsetType = UNSET


class Leaderboard(Struct, frozen=True):
    """A category's tools, the best first; those without a rank come last.

    Attributes:
        position: Exact here.
        rule: By which it is made; current at that position.
    """

    position: Position
    rule: Rule
    rows: list[Row]


async def read_listed_by_category(state: State, position: Position) -> Mapping[str, Names]:
    """Read slug and name of each tool that was listed at a position, by category."""
    categories: dict[str, dict[SubjectId, tuple[str, str]]] = {}
    for row in await state.connection.fetch(sql.select_listed, position, None):
        listed = categories.setdefault(row["category"], {})
        listed[SubjectId(row["subject_id"])] = (row["slug"], row["name"])
    return categories


async def read_listed(state: State, position: Position, category: str | None) -> Names:
    """Read slug and name of each tool that was listed at a position in a category, or in any (None)."""
    rows = await state.connection.fetch(sql.select_listed, position, category)
    return {SubjectId(row["subject_id"]): (row["slug"], row["name"]) for row in rows}


async def trend_begins(state: State, position: Position, *, by_the_hour: bool = False) -> Position:
    """Return the position seven days before, or at the full hour before that."""
    recorded_at: datetime | None = await state.connection.fetchval(sql.select_recorded_at, position)
    if recorded_at is None:
        return Position(0)
    began_at = recorded_at - TREND
    return await state.position(
        began_at.replace(minute=0, second=0, microsecond=0) if by_the_hour else began_at
    )
