"""The view of a leaderboard's page."""

from collections.abc import Sequence

from msgspec import Struct

from projections.catalogue.finding import Category
from service.pages.leaderboard.query import LeaderboardPageQuery
from service.reads.leaderboards import EVERY
from service.reads.measures import MEASURES, Measure
from service.views import addresses, moments, words
from service.views.boards import BoardRow, ShownBoard, board_title
from service.views.ratings import Axis


class Tab(Struct, frozen=True):
    """A link to a page beside this one, or to this one."""

    href: str
    text: str
    current: bool


class LeaderboardView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        by: The measure that forms send along; None for the default.
        as_of: The contents of the date picker.
        moment: The moment that the board shows, in words; None for now.
        unranked: Tools with too few votes for a rank, on the last page alone.
        follow: Tools whose scores an open page follows; empty if the board does not depend on scores.
        fitted: The position of the fit of ratings, for pages that wait for the next one; else None.
    """

    title: str
    ranked_by: str
    by: str | None
    action: str
    now: str
    tabs: list[Tab]
    categories: list[Tab]
    contexts: list[str]
    context: str
    as_of: str
    moment: str | None
    corrected: bool
    value_heading: str
    axis: Axis
    rows: list[BoardRow]
    unranked: list[BoardRow]
    why_unranked: str
    follow: list[str]
    fitted: int | None
    previous: str | None
    next: str | None
    place: str


def leaderboard_view(
    query: LeaderboardPageQuery, board: ShownBoard, categories: Sequence[Category], contexts: Sequence[str]
) -> LeaderboardView:
    """Show a page of a leaderboard; `contexts` are the use cases that have preferences."""
    as_of, measure = query.as_of, query.measure
    first, last = query.start + 1, query.start + len(board.rows)
    named = [(EVERY, board_title(EVERY)), *((each.slug, words.title(each.slug)) for each in categories)]
    return LeaderboardView(
        title=board_title(query.category),
        ranked_by=measure.ranked,
        by=query.by,
        action=addresses.leaderboard(query.category),
        now=query.address(as_of=None, corrected=None, page=None),
        tabs=[_tab(query, each) for each in MEASURES.values()],
        categories=[Tab(addresses.leaderboard(slug), text, slug == query.category) for slug, text in named],
        contexts=list(contexts) if measure.takes_context else [],
        context=query.context,
        as_of=as_of.written if as_of else "",
        moment=moments.shown(as_of.moment) if as_of else None,
        corrected=as_of is not None and as_of.moment.corrected,
        value_heading=measure.value,
        axis=board.axis,
        rows=[row for row in board.rows if row.rank is not None],
        unranked=[row for row in board.rows if row.rank is None],
        why_unranked=measure.unranked,
        follow=[] if as_of or measure.fitted else [row.slug for row in board.rows],
        fitted=board.position if as_of is None and measure.fitted else None,
        previous=query.turn(-1) if query.page > 1 else None,
        next=query.turn(+1) if last < board.total else None,
        place=f"{first:,}\N{EN DASH}{last:,} of {board.total:,}",
    )


def _tab(query: LeaderboardPageQuery, measure: Measure) -> Tab:
    return Tab(query.beside(measure), measure.tab, measure is query.measure)
