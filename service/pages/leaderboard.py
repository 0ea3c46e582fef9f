"""A leaderboard's page: by the crowd, the panel or matchups, now or as it stood."""

from collections.abc import Sequence
from typing import Final

from litestar import get
from litestar.exceptions import NotFoundException
from msgspec import Struct

from projections.catalogue.finding import Category, read_categories
from projections.leaderboards.board import By
from projections.leaderboards.matchups import read_matchup_board
from projections.leaderboards.shares import read_share_board
from projections.ratings.storing import read_contexts
from service import rewinding
from service.answers import Answer
from service.asking import Asking, direct
from service.pages import addresses, moments, words
from service.pages.board_rows import SHARE_AXIS, BoardRow, rated, rating_rows, share_rows
from service.pages.board_wanted import ROWS_MAX, Wanted, read_wanted
from service.pages.publishing import Frame, Page, show
from service.pages.ratings import Axis, axis_of, scale_of
from service.resources import Resources

TABS: Final[dict[By, str]] = {"community": "Crowd", "panel": "Panel", "matchups": "Head to head"}
RANKED_BY: Final[dict[By, str]] = {
    "community": "by the share of the crowd that would ship it",
    "panel": "by the share of the panel that would ship it",
    "matchups": "by what the crowd prefers where two tools meet",
}


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
    follow: list[str]
    previous: str | None
    next: str | None
    place: str


@get("/leaderboards/{category:str}", include_in_schema=False)
@direct()
async def get_leaderboard_page(request: Asking) -> Answer:
    """Show a leaderboard."""
    wanted = read_wanted(request)
    if wanted.as_of is not None:
        await rewinding.reach_moment(request, wanted.as_of.moment)
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
    title = _title(wanted.category)
    frame = Frame(
        title=f"{title}: leaderboard {_by(wanted)}",
        description=f"{title} ranked {RANKED_BY[wanted.by]}, with intervals; ties are shown as ties.",
        path=wanted.address(),
    )
    return Page("leaderboard.html", frame, view)


class ShownBoard(Struct, frozen=True):
    """A page of a board's rows, their axis, and how many rows there are in all."""

    rows: list[BoardRow]
    axis: Axis
    total: int


async def _read(resources: Resources, wanted: Wanted) -> ShownBoard:
    pool, moment = resources.pool, wanted.as_of and wanted.as_of.moment
    category = None if wanted.category == addresses.EVERY else wanted.category
    at, corrected = (moment.at, moment.corrected) if moment else (None, False)
    page = slice(wanted.start, wanted.start + ROWS_MAX)
    if wanted.by == "matchups":
        past = resources.past_ratings
        board = await read_matchup_board(
            pool, category, context=wanted.context, past=past, at=at, corrected=corrected
        )
        scale = scale_of(map(rated, board.rows))
        return ShownBoard(rating_rows(board.rows[page], scale), axis_of(scale), len(board.rows))
    shares = await read_share_board(pool, category, by=wanted.by, at=at, corrected=corrected)
    return ShownBoard(share_rows(shares, shares.rows[page], wanted.by), SHARE_AXIS, len(shares.rows))


def _view(
    wanted: Wanted, board: ShownBoard, categories: Sequence[Category], contexts: Sequence[str]
) -> LeaderboardView:
    as_of = wanted.as_of
    first, last = wanted.start + 1, wanted.start + len(board.rows)
    named = [(addresses.EVERY, "All tools"), *((each.slug, words.title(each.slug)) for each in categories)]
    return LeaderboardView(
        title=_title(wanted.category),
        ranked_by=RANKED_BY[wanted.by],
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
        value_heading="Rating" if wanted.by == "matchups" else "Would ship",
        axis=board.axis,
        rows=[row for row in board.rows if row.rank is not None],
        unranked=[row for row in board.rows if row.rank is None],
        follow=[] if as_of or wanted.by == "matchups" else [row.slug for row in board.rows],
        previous=wanted.turn(-1) if wanted.page > 1 else None,
        next=wanted.turn(+1) if last < board.total else None,
        place=f"{first:,}\N{EN DASH}{last:,} of {board.total:,}",
    )


def _tab(wanted: Wanted, by: By) -> Tab:
    address = wanted.address(by=None if by == "community" else by, context=None, page=None)
    return Tab(address, TABS[by], by == wanted.by)


def _title(category: str) -> str:
    return "All tools" if category == addresses.EVERY else words.title(category)


def _by(wanted: Wanted) -> str:
    return {"community": "by the crowd", "panel": "by the panel", "matchups": "head to head"}[wanted.by]
