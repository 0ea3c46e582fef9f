"""Reads leaderboards, and makes their document."""

from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from events.facts import OVERALL
from events.ids import Position
from events.log.connection import Pool
from projections.leaderboards.board import Leaderboard, Row
from projections.ratings.past import PastRatings
from service.http import pagination
from service.reads.as_of import Moment
from service.reads.measures import MEASURES, Measure

EVERY: Final = "all"
"""The name of the category that holds every tool."""

BOARD_LIMIT_MAX: Final = 1_000


class Ranking(Struct, frozen=True, kw_only=True):
    """The category and the measure of a leaderboard; `context` is None if the measure takes none."""

    category: str
    measure: Measure
    context: str | None


def ranking_of(category: str, measure: Measure, context: str | None) -> Ranking:
    """Name a ranking; without a context it takes in all of them, where the measure takes one at all."""
    context = (context or OVERALL) if measure.takes_context else None
    return Ranking(category=category, measure=measure, context=context)


class RankedTools(Struct, frozen=True, kw_only=True):
    """A page of a leaderboard. Exact at `position`.

    Attributes:
        by: The measure.
        context: The use case, by a measure that takes one.
        next: The cursor of the page that follows; None on the last one.
    """

    category: str
    by: Annotated[str, Meta(extra_json_schema={"enum": [*MEASURES]})]
    context: str | UnsetType = UNSET
    position: Position
    rule: str
    items: list[Row]
    next: str | None


async def read_board(
    pool: Pool, ranking: Ranking, *, past: PastRatings, moment: Moment | None
) -> Leaderboard:
    """Read a leaderboard of now, or of a moment that is reached."""
    category = None if ranking.category == EVERY else ranking.category
    at, corrected = (moment.at, moment.corrected) if moment else (None, False)
    context = ranking.context or OVERALL
    return await ranking.measure.read(pool, category, context=context, past=past, at=at, corrected=corrected)


def ranked_tools(board: Leaderboard, ranking: Ranking, *, start: int = 0, limit: int) -> RankedTools:
    """Make the document of up to `limit` rows."""
    end = start + limit
    return RankedTools(
        category=ranking.category,
        by=ranking.measure.name,
        context=UNSET if ranking.context is None else ranking.context,
        position=board.position,
        rule=board.rule.name,
        items=board.rows[start:end],
        next=pagination.encode_cursor(f"{board.position}/{end}") if end < len(board.rows) else None,
    )
