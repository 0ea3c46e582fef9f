"""Which leaderboard an address asks for, and the addresses of those beside it."""

from typing import Final, get_args

from msgspec import Struct

from events.facts import OVERALL
from projections.leaderboards.board import By
from service.http import parameters
from service.http.request import Request
from service.pages.rendering import reading
from service.views import addresses, moments
from service.views.moments import AsOf

ROWS_MAX: Final = 50
PAGES_MAX: Final = 100_000


class Wanted(Struct, frozen=True, kw_only=True):
    """Which board is asked for, and which page of it."""

    category: str
    by: By
    context: str
    as_of: AsOf | None
    page: int

    def address(self, **changes: str | None) -> str:
        """Name this board's page, but for some changes."""
        return addresses.leaderboard(
            self.category,
            {
                "by": None if self.by == "community" else self.by,
                "context": None if self.context == OVERALL else self.context,
                **moments.query(self.as_of),
                "page": str(self.page) if self.page > 1 else None,
                **changes,
            },
        )

    @property
    def start(self) -> int:
        """How many rows stand on the pages before."""
        return (self.page - 1) * ROWS_MAX

    def turn(self, pages: int) -> str:
        """Name the page so many further on."""
        page = self.page + pages
        return self.address(page=str(page) if page > 1 else None)


def read_wanted(request: Request) -> Wanted:
    """Read which board is asked for.

    Raises:
        BadParameterError: the address asks for something that is no board.
        NotFoundException: it names no category.
    """
    asked = reading.asked(request, "by", "context", "as_of", "corrected", "page")
    by = parameters.choice(asked, "by", get_args(By), default="community")
    context = asked.get("context", OVERALL) if by == "matchups" else OVERALL
    parameters.check_slug(context)
    return Wanted(
        category=reading.slug(request, "category"),
        by=by,
        context=context,
        as_of=moments.read(asked),
        page=parameters.integer(asked, "page", default=1, low=1, high=PAGES_MAX),
    )
