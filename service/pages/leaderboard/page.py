"""A leaderboard's page: by one of the measures, now or as it stood."""

from litestar import get
from litestar.exceptions import NotFoundException

from events.log.connection import Pool
from projections.catalogue.finding import read_categories
from projections.ratings.past import PastRatings
from projections.ratings.storing import read_contexts
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.leaderboard.query import LeaderboardPageQuery, read_leaderboard_query
from service.pages.leaderboard.view import leaderboard_view
from service.pages.rendering.publishing import Frame, PageDraft, Pages
from service.reads import as_of
from service.reads.leaderboards import EVERY, read_board
from service.views.boards import ShownBoard, board_title, shown_board


@get("/leaderboards/{category:str}", include_in_schema=False)
@direct()
async def get_leaderboard_page(request: Request, *, pool: Pool, pages: Pages, past: PastRatings) -> Response:
    """Show a leaderboard."""
    query = read_leaderboard_query(request)
    if query.as_of is not None:
        await as_of.reach_moment(pool, query.as_of.moment)
    return await pages.show(request, query, lambda: _make(pool, past, query))


async def _make(pool: Pool, past: PastRatings, query: LeaderboardPageQuery) -> PageDraft:
    categories = await read_categories(pool)
    known = {category.slug for category in categories}
    if query.category not in known | {EVERY}:
        raise NotFoundException(detail=f"No tool is listed in the category {query.category!r}.")
    board = await _read_board(pool, past, query)
    if query.page > 1 and query.start >= board.total:
        raise NotFoundException(detail=f"This leaderboard has no page {query.page}.")
    view = leaderboard_view(query, board, categories, await read_contexts(pool))
    title, measure = board_title(query.category), query.measure
    frame = Frame(
        title=f"{title}: leaderboard {measure.titled}",
        description=f"{title} ranked {measure.ranked}, with intervals; ties are shown as ties.",
        path=query.address(),
    )
    return PageDraft("leaderboard.html", frame, view)


async def _read_board(pool: Pool, past: PastRatings, query: LeaderboardPageQuery) -> ShownBoard:
    board = await read_board(
        pool,
        query.ranking,
        past=past,
        moment=query.as_of and query.as_of.moment,
    )
    return shown_board(board, query.measure, query.rows)
