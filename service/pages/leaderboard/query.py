"""The leaderboard that an address asks for, and the addresses of related ones."""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from events.facts import OVERALL
from service.http import parameters
from service.http.request import Request
from service.pages.rendering import reading
from service.reads.leaderboards import Ranking, ranking_of
from service.reads.measures import DEFAULT, MEASURES, Measure
from service.views import addresses, moments
from service.views.moments import AsOf

ROWS_MAX: Final = 50
PAGES_MAX: Final = 100_000


class LeaderboardPageQuery(Struct, frozen=True, kw_only=True):
    """The leaderboard that an address asks for, and its page."""

    category: str
    measure: Measure
    context: str
    as_of: AsOf | None
    page: int

    def address(self, **changes: str | None) -> str:
        """Name this board's page, but for some changes."""
        return addresses.leaderboard(
            self.category,
            {
                "by": self.by,
                "context": None if self.context == OVERALL else self.context,
                **moments.moment_parameters(self.as_of),
                "page": str(self.page) if self.page > 1 else None,
                **changes,
            },
        )

    def beside(self, measure: Measure) -> str:
        """Name the page of the same category and moment by another measure."""
        return replace(self, measure=measure).address(context=None, page=None)

    @property
    def by(self) -> str | None:
        """The measure as the address names it; None for the default."""
        return None if self.measure is DEFAULT else self.measure.name

    @property
    def ranking(self) -> Ranking:
        """The ranking to read."""
        return ranking_of(self.category, self.measure, self.context)

    @property
    def rows(self) -> slice:
        """The leaderboard's rows that the page shows."""
        return slice(self.start, self.start + ROWS_MAX)

    @property
    def start(self) -> int:
        """The number of rows on the pages before."""
        return (self.page - 1) * ROWS_MAX

    def turn(self, pages: int) -> str:
        """Name the page so many further on."""
        page = self.page + pages
        return self.address(page=str(page) if page > 1 else None)


def read_leaderboard_query(request: Request) -> LeaderboardPageQuery:
    """Read the leaderboard that a request asks for.

    Raises:
        BadParameterError: a parameter is malformed.
        NotFoundException: the category is malformed.
    """
    asked = parameters.known_query(request, "by", "context", "as_of", "corrected", "page")
    measure = MEASURES[parameters.choice(asked, "by", [*MEASURES], default=DEFAULT.name)]
    context = asked.get("context", OVERALL) if measure.takes_context else OVERALL
    parameters.check_slug(context)
    return LeaderboardPageQuery(
        category=reading.page_slug(request, "category"),
        measure=measure,
        context=context,
        as_of=moments.read(asked),
        page=parameters.integer(asked, "page", default=1, low=1, high=PAGES_MAX),
    )
