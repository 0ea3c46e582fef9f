"""The front page: the categories and who leads them, what moved this week, the newest verdicts."""

from collections.abc import Mapping, Sequence
from typing import Final

from litestar import get
from msgspec import Struct

from events.log.connection import Pool
from projections.comparison.numbers import count, join
from projections.leaderboards.board import Row
from projections.leaderboards.shares import ShareBoard, read_share_boards
from projections.reviews.latest import LatestVerdict, read_latest_verdicts
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.rendering.publishing import Frame, PageDraft, Pages
from service.reads.measures import COMMUNITY
from service.views import addresses, words
from service.views.boards import BoardRow, Trend, share_rows
from service.views.shares import VerdictMark, mark_of
from service.views.words import TimeText

LEADERS_MAX: Final = 3
LEADERS_OF_FEW_MAX: Final = 8
"""Leaders of each category where there are few of them."""

FEW: Final = 2
CATEGORIES_MAX: Final = 12
"""Categories with their leaders; the others are links."""

MOVES_MAX: Final = 6
VERDICTS_MAX: Final = 8
FIRST: Final = "1"


class CategoryView(Struct, frozen=True):
    """A category, in words who leads it, and its first few tools."""

    href: str
    title: str
    tools: str
    said: str
    rows: list[BoardRow]


class MoveView(Struct, frozen=True):
    """A tool whose score changed in seven days; without a trend it got its first votes in them."""

    href: str
    name: str
    category: str
    trend: Trend | None
    value: str


class LatestVerdictView(Struct, frozen=True):
    """A review as news."""

    href: str
    tool: str
    verdict: VerdictMark
    headline: str
    panelist: str
    lens: str
    time: TimeText


class HomeView(Struct, frozen=True):
    """Everything on the page."""

    categories: list[CategoryView]
    others: list[CategoryView]
    few: bool
    moves: list[MoveView]
    verdicts: list[LatestVerdictView]


@get("/", include_in_schema=False)
@direct()
async def get_home_page(request: Request, *, pool: Pool, pages: Pages) -> Response:
    """Show the front page."""
    return await pages.show(request, "home", lambda: _make(pool))


async def _make(pool: Pool) -> PageDraft:
    boards = await read_share_boards(pool, by="community")
    verdicts = await read_latest_verdicts(pool, limit=VERDICTS_MAX)
    largest = sorted(boards, key=lambda category: (-_votes(boards[category]), category))
    few = len(boards) <= FEW
    leaders = LEADERS_OF_FEW_MAX if few else LEADERS_MAX
    views = [_category(category, boards[category], leaders) for category in largest]
    view = HomeView(
        categories=views[:CATEGORIES_MAX],
        others=views[CATEGORIES_MAX:],
        few=few,
        moves=_moves(boards),
        verdicts=[_verdict(verdict) for verdict in verdicts],
    )
    frame = Frame(
        title="Which should you ship with?",
        description="Tools judged by a panel that gives its reasons and a crowd that votes, side by side.",
        path=addresses.HOME,
    )
    return PageDraft("home.html", frame, view)


def _votes(board: ShareBoard) -> int:
    return sum(row.votes for row in board.rows)


def _category(category: str, board: ShareBoard, leaders_max: int) -> CategoryView:
    leaders = [row for row in board.rows if row.rank is not None][:leaders_max]
    return CategoryView(
        addresses.leaderboard(category),
        words.title(category),
        count(len(board.rows), "tool"),
        _who_leads(board.rows),
        share_rows(board, leaders, COMMUNITY),
    )


def _who_leads(rows: Sequence[Row]) -> str:
    ranked = [row for row in rows if row.rank is not None]
    first = [row.name for row in ranked if row.rank is not None and row.rank.split("-")[0] == FIRST]
    if not ranked:
        return "Too few votes to say yet"
    if len(ranked) == 1:
        return f"Only {ranked[0].name} has votes enough for a rank"
    if ranked[0].rank == FIRST:
        return f"{ranked[0].name} leads"
    if len(first) > LEADERS_MAX:
        return f"Too close to call: {len(first)} tools may be first"
    return f"Too close to call: {join(first, word='or')}"


def _moves(boards: Mapping[str, ShareBoard]) -> list[MoveView]:
    """Name the tools whose scores moved most, then those with their first votes."""
    rows = [(category, row) for category, board in boards.items() for row in board.rows if row.rank]
    moved = [(category, row) for category, row in rows if row.trend]
    moved.sort(key=lambda place: -abs(place[1].trend or 0.0))
    new = [(category, row) for category, row in rows if row.trend is None]
    new.sort(key=lambda place: -place[1].votes)
    return [_move(category, row, boards[category]) for category, row in (moved + new)[:MOVES_MAX]]


def _move(category: str, row: Row, board: ShareBoard) -> MoveView:
    [shown] = share_rows(board, [row], COMMUNITY)
    return MoveView(shown.href, shown.name, words.title(category), shown.trend, shown.value)


def _verdict(verdict: LatestVerdict) -> LatestVerdictView:
    return LatestVerdictView(
        addresses.tool(verdict.tool),
        verdict.tool_name,
        mark_of(verdict.verdict),
        verdict.headline,
        verdict.panelist_name,
        words.title(verdict.lens),
        words.day(verdict.recorded_at),
    )
