"""A leaderboard's page: by the crowd, the panel or matchups, now or as it stood."""

from collections.abc import Sequence
from typing import Final

from litestar import get
from litestar.exceptions import NotFoundException
from msgspec import Struct

from projections.catalogue.finding import Category, read_categories
from projections.leaderboards.board import By
from projections.ratings.storing import read_contexts
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.leaderboard.query import ROWS_MAX, Wanted, read_wanted
from service.pages.rendering.publishing import Frame, Page, show
from service.reads import as_of
from service.reads.leaderboards import Ranking, read_board
from service.server.resources import Resources
from service.views import addresses, board_words, moments, words
from service.views.boards import BoardRow, ShownBoard, shown_board
from service.views.ratings import Axis

TABS: Final[dict[By, str]] = {"community": "Crowd", "panel": "Panel", "matchups": "Head to head"}


class Tab(Struct, frozen=True):
    """A link to a page beside this one, or to this one."""

    href: str
    text: str
    current: bool


class LeaderboardView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        as_of: What the date picker holds.
        moment: Which moment the board shows, in words; None for now.
        unranked: Tools with too few votes for a rank, on the last page alone.
        follow: Tools whose scores an open page follows; none where the board does not change with them.
        fitted: The position of the fit whose successors it follows; None where it follows scores, or nothing.
    """

    title: str
    ranked_by: str
    by: By
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


@get("/leaderboards/{category:str}", include_in_schema=False)
@direct()
async def get_leaderboard_page(request: Request) -> Response:
    """Show a leaderboard."""
    wanted = read_wanted(request)
    if wanted.as_of is not None:
        await as_of.reach_moment(request.resources.pool, wanted.as_of.moment)
    return await show(request, wanted, lambda: _make(request.resources, wanted))


async def _make(resources: Resources, wanted: Wanted) -> Page:
    categories = await read_categories(resources.pool)
    known = {category.slug for category in categories}
    if wanted.category not in known | {addresses.EVERY}:
        raise NotFoundException(detail=f"No tool is listed in the category {wanted.category!r}.")
    board = await _read(resources, wanted)
    if wanted.page > 1 and wanted.start >= board.total:
        raise NotFoundException(detail=f"This leaderboard has no page {wanted.page}.")
    view = _view(wanted, board, categories, await read_contexts(resources.pool))
    title = board_words.title(wanted.category)
    ranked_by = board_words.RANKED_BY[wanted.by]
    frame = Frame(
        title=f"{title}: leaderboard {_by(wanted)}",
        description=f"{title} ranked {ranked_by}, with intervals; ties are shown as ties.",
        path=wanted.address(),
    )
    return Page("leaderboard.html", frame, view)


async def _read(resources: Resources, wanted: Wanted) -> ShownBoard:
    context = wanted.context if wanted.by == "matchups" else None
    board = await read_board(
        resources.pool,
        Ranking(category=wanted.category, by=wanted.by, context=context),
        past=resources.past_ratings,
        moment=wanted.as_of and wanted.as_of.moment,
    )
    return shown_board(board, wanted.by, slice(wanted.start, wanted.start + ROWS_MAX))


def _view(
    wanted: Wanted, board: ShownBoard, categories: Sequence[Category], contexts: Sequence[str]
) -> LeaderboardView:
    as_of = wanted.as_of
    first, last = wanted.start + 1, wanted.start + len(board.rows)
    named = [(addresses.EVERY, "All tools"), *((each.slug, words.title(each.slug)) for each in categories)]
    return LeaderboardView(
        title=board_words.title(wanted.category),
        ranked_by=board_words.RANKED_BY[wanted.by],
        by=wanted.by,
        action=addresses.leaderboard(wanted.category),
        now=wanted.address(as_of=None, corrected=None, page=None),
        tabs=[_tab(wanted, by) for by in TABS],
        categories=[Tab(addresses.leaderboard(slug), text, slug == wanted.category) for slug, text in named],
        contexts=list(contexts) if wanted.by == "matchups" else [],
        context=wanted.context,
        as_of=as_of.written if as_of else "",
        moment=moments.shown(as_of.moment) if as_of else None,
        corrected=as_of is not None and as_of.moment.corrected,
        value_heading=board_words.VALUES[wanted.by],
        axis=board.axis,
        rows=[row for row in board.rows if row.rank is not None],
        unranked=[row for row in board.rows if row.rank is None],
        why_unranked=board_words.UNRANKED[wanted.by],
        follow=[] if as_of or wanted.by == "matchups" else [row.slug for row in board.rows],
        fitted=board.position if as_of is None and wanted.by == "matchups" else None,
        previous=wanted.turn(-1) if wanted.page > 1 else None,
        next=wanted.turn(+1) if last < board.total else None,
        place=f"{first:,}\N{EN DASH}{last:,} of {board.total:,}",
    )


def _tab(wanted: Wanted, by: By) -> Tab:
    address = wanted.address(by=None if by == "community" else by, context=None, page=None)
    return Tab(address, TABS[by], by == wanted.by)


def _by(wanted: Wanted) -> str:
    return {"community": "by the crowd", "panel": "by the panel", "matchups": "head to head"}[wanted.by]
