"""Tools side by side: `/v1/compare/{a}/{b}`, and `/v1/compare?tools=` for up to five."""

from collections.abc import Sequence
from typing import Annotated, Final

from msgspec import Meta

from events.facts import OVERALL
from events.ids import Slug
from events.log.connection import Pool
from projections.ratings.past import PastRatings
from service.commands.refusals import BadComparisonError, UnknownToolError
from service.http import parameters
from service.http.conditional import answer_read
from service.http.query import REQUIRED
from service.http.request import Request
from service.http.response import Response
from service.reads.as_of import MomentQuery, reach_moment
from service.reads.comparisons import (
    SideBySide,
    check_tools,
    read_comparison,
    side_by_side,
    without_positions,
)
from service.routes.declare import get
from service.routes.examples import compare


class CompareQuery(MomentQuery, frozen=True, kw_only=True):
    """How to compare two tools."""

    context: Annotated[
        Slug,
        Meta(
            description="The use case whose preferences tools are compared by, head to head; "
            "all of them in `overall`.",
            examples=["code-review"],
        ),
    ] = OVERALL


class CompareToolsQuery(CompareQuery, frozen=True, kw_only=True):
    """Which tools to compare, and how."""

    tools: Annotated[
        str,
        Meta(
            description="Slugs of two to five tools, separated by commas.",
            examples=["gpt-5-mini,phi-4"],
            extra=REQUIRED,
        ),
    ] = ""


@get(
    "/v1/compare/{a}/{b}",
    answer=SideBySide,
    example=compare.SIDE_BY_SIDE,
    refuses=(UnknownToolError, BadComparisonError),
)
async def compare_two(
    request: Request, *, a: Slug, b: Slug, query: CompareQuery, pool: Pool, past_ratings: PastRatings
) -> Response:
    """Compare two tools: which one should you ship with? Now, or as it stood.

    The document holds facts, scores, ratings and reviews side by side. It says who leads with the panel,
    with the crowd and head to head: how sure that is, why, and how few votes would have to go to change it.
    The verdict sums these up. A tool leads only if the numbers are strong enough by the rule.

    Head to head adds up all preferences between two tools. A voter counts once in each use case, and the
    intervals treat these as votes of different people.
    """
    return await _compare(request, pool, past_ratings, (a, b), query)


@get(
    "/v1/compare",
    answer=SideBySide,
    example=compare.SIDE_BY_SIDE,
    refuses=(UnknownToolError, BadComparisonError),
)
async def compare_several(
    request: Request, *, query: CompareToolsQuery, pool: Pool, past_ratings: PastRatings
) -> Response:
    """Compare two to five tools. The document is that of two tools at their own address.

    A tool leads by a criterion if it leads every other tool. `pairs` says for each two tools who leads.
    """
    slugs = query.tools.split(",") if query.tools else ()
    for slug in slugs:
        parameters.check_slug(slug)
    return await _compare(request, pool, past_ratings, slugs, query)


async def _compare(
    request: Request, pool: Pool, past: PastRatings, slugs: Sequence[str], query: CompareQuery
) -> Response:
    check_tools(slugs)
    moment = query.moment
    if moment is not None:
        await reach_moment(pool, moment)
    found = await read_comparison(pool, slugs, context=query.context, past=past, moment=moment)
    document = side_by_side(found)
    return answer_read(request, document, says=without_positions(document))


ROUTES: Final = (compare_two, compare_several)
