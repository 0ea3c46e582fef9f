"""Tools side by side: `/v1/compare/{a}/{b}`, and `/v1/compare?tools=` for up to five."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from litestar import get

from events.facts import OVERALL
from events.log.connection import Pool
from projections.ratings.past import PastRatings
from service.http import parameters
from service.http.conditional import answer_read
from service.http.request import Request, direct
from service.http.response import Response
from service.reads import as_of
from service.reads.comparisons import check_tools, read_comparison, side_by_side, without_positions
from service.routes.examples import common, compare
from service.routes.openapi import describe

CONTEXT: Final = "context"
ASKED: Final[Mapping[str, tuple[dict[str, Any], str]]] = {
    CONTEXT: (
        {"type": "string", "default": OVERALL, "examples": ["code-review"]},
        "The use case whose preferences tools are compared by, head to head; all of them in `overall`.",
    ),
    **common.MOMENT,
}


@get(
    "/v1/compare/{a:str}/{b:str}",
    operation_class=describe(
        answers=compare.SIDE_BY_SIDE,
        answers_as="SideBySide",
        query=ASKED,
        refusals=(400, 404, 503),
    ),
)
@direct()
async def compare_two(request: Request, *, pool: Pool, past_ratings: PastRatings) -> Response:
    """Compare two tools: which one should you ship with? Now, or as it stood.

    Facts, scores, ratings and reviews side by side; who leads with the panel, with the crowd and head to
    head, each with its uncertainty, the reason in words, and the fewest votes whose removal would change it;
    and the verdict that these come to. Nobody leads unless, by the rule, the numbers carry it.

    Head to head, all preferences between two tools are taken together. Who voted in several use cases counts
    once in each, and intervals take these for the votes of different people.
    """
    asked = parameters.query(request, *ASKED)
    slugs = (parameters.slug(request, "a"), parameters.slug(request, "b"))
    return await _compare(request, pool, past_ratings, slugs, asked)


@get(
    "/v1/compare",
    operation_class=describe(
        answers=compare.SIDE_BY_SIDE,
        answers_as="SideBySide",
        query={
            "tools": (
                {"type": "string", "examples": ["gpt-5-mini,phi-4"]},
                "Slugs of two to five tools, separated by commas.",
            ),
            **ASKED,
        },
        query_required=("tools",),
        refusals=(400, 404, 503),
    ),
)
@direct()
async def compare_several(request: Request, *, pool: Pool, past_ratings: PastRatings) -> Response:
    """Compare two to five tools, as two are compared at their own address.

    A tool leads where it leads every other one; who leads each two of them stands in `pairs`.
    """
    asked = parameters.query(request, "tools", *ASKED)
    named = asked.get("tools", "")
    return await _compare(request, pool, past_ratings, named.split(",") if named else (), asked)


async def _compare(
    request: Request, pool: Pool, past: PastRatings, slugs: Sequence[str], asked: dict[str, str]
) -> Response:
    context = asked.get(CONTEXT, OVERALL)
    for slug in (*slugs, context):
        parameters.check_slug(slug)
    check_tools(slugs)
    moment = as_of.moment(asked)
    if moment is not None:
        await as_of.reach_moment(pool, moment)
    found = await read_comparison(pool, slugs, context=context, past=past, moment=moment)
    document = side_by_side(found)
    return answer_read(request, document, says=without_positions(document))


ROUTES: Final = (compare_two, compare_several)
