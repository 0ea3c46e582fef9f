"""The document that answers how the tools of a category rank."""

from typing import Final

from msgspec import UNSET, Struct, UnsetType

from events.facts import OVERALL
from events.ids import Position
from events.log.connection import Pool
from projections.leaderboards.board import By, Leaderboard, Row
from projections.leaderboards.matchups import read_matchup_board
from projections.leaderboards.shares import read_share_board
from projections.ratings.past import PastRatings
from service.http import pagination
from service.reads.as_of import Moment

EVERY: Final = "all"
"""The category that stands for all of them."""

LIMIT_MAX: Final = 1_000


class Ranking(Struct, frozen=True, kw_only=True):
    """Which tools rank, by whose word; `context` the use case, of matchups alone (None)."""

    category: str
    by: By
    context: str | None


class RankedTools(Struct, frozen=True, kw_only=True):
    """A page of a leaderboard. Exact at `position`.

    Attributes:
        context: By matchups, the use case.
        next: The cursor of the page that follows; None on the last one.
    """

    category: str
    by: By
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
    if ranking.by == "matchups":
        context = ranking.context or OVERALL
        return await read_matchup_board(
            pool, category, context=context, past=past, at=at, corrected=corrected
        )
    return await read_share_board(pool, category, by=ranking.by, at=at, corrected=corrected)


def ranked_tools(board: Leaderboard, ranking: Ranking, *, start: int = 0, limit: int) -> RankedTools:
    """Make the document of up to `limit` rows."""
    end = start + limit
    return RankedTools(
        category=ranking.category,
        by=ranking.by,
        context=UNSET if ranking.context is None else ranking.context,
        position=board.position,
        rule=board.rule.name,
        items=board.rows[start:end],
        next=pagination.encode_cursor(f"{board.position}/{end}") if end < len(board.rows) else None,
    )
