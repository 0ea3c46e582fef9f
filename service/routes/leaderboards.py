"""Leaderboards: `/v1/leaderboards/{category}`."""

from typing import Final

from litestar import get

from events.facts import OVERALL
from events.log.connection import Pool
from projections.ratings.past import PastRatings
from service.http import pagination, parameters
from service.http.conditional import answer_read
from service.http.problems import BadParameterError
from service.http.request import Request, direct
from service.http.response import Response
from service.reads import as_of
from service.reads.as_of import Moment
from service.reads.leaderboards import LIMIT_MAX, ranked_tools, ranking_of, read_board
from service.reads.measures import DEFAULT, MEASURES, Measure, with_context
from service.routes.examples import common
from service.routes.openapi import describe


@get(
    "/v1/leaderboards/{category:str}",
    operation_class=describe(
        answers=common.LEADERBOARD,
        answers_as=common.LEADERBOARD_SCHEMA,
        query={
            "by": ({"enum": [*MEASURES], "default": DEFAULT.name}, "Whose word ranks."),
            "context": (
                {"type": "string", "default": OVERALL},
                "By matchups: the use case; preferences in all of them count in `overall`.",
            ),
            **common.MOMENT,
            "limit": ({**common.LIMIT[0], "maximum": LIMIT_MAX}, common.LIMIT[1]),
            "cursor": common.CURSOR,
        },
        refusals=(400, 503),
    ),
)
@direct()
async def get_leaderboard(request: Request, *, pool: Pool, past_ratings: PastRatings) -> Response:
    """Rank the tools of a category, or of `all`, now or as they stood.

    A tool whose interval overlaps others' has the ranks that it may have, such as "2-4"; one with too few
    votes for a rank comes last. Further pages show the state of the first.

    By matchups tools have ratings: 400 points more make ten times the odds. Where the matchups leave one
    open, `note` says why: a tool that won all of them has a lower bound alone.
    """
    asked = parameters.query(request, "by", "context", "as_of", "corrected", "limit", "cursor")
    limit = pagination.limit(asked, most=LIMIT_MAX)
    by = MEASURES[parameters.choice(asked, "by", [*MEASURES], default=DEFAULT.name)]
    ranking = ranking_of(parameters.slug(request, "category"), by, _context(asked, by))
    past = past_ratings
    moment, start = as_of.moment(asked), 0
    if place := pagination.split_cursor(asked):
        start = pagination.whole(place[1])
        moment = Moment(place[0], corrected=moment is not None and moment.corrected)
    elif moment is not None:
        await as_of.reach_moment(pool, moment)
    board = await read_board(pool, ranking, past=past, moment=moment)
    return answer_read(request, ranked_tools(board, ranking, start=start, limit=limit))


def _context(asked: dict[str, str], by: Measure) -> str | None:
    """Read the context; None where none is named."""
    context = asked.get("context")
    if context is not None:
        if not by.takes_context:
            message = f"context goes with by={with_context()}: {by.unit}s have none."
            raise BadParameterError(message)
        parameters.check_slug(context)
    return context


ROUTES: Final = (get_leaderboard,)
