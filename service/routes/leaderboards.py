"""Leaderboards: `/v1/leaderboards/{category}`."""

from typing import Final, get_args

from litestar import get

from events.facts import OVERALL
from projections.leaderboards.board import By
from service.http import pagination, parameters
from service.http.conditional import answer_read
from service.http.problems import BadParameterError
from service.http.request import Request, direct
from service.http.response import Response
from service.reads import as_of
from service.reads.as_of import Moment
from service.reads.leaderboards import LIMIT_MAX, Ranking, ranked_tools, read_board
from service.routes.examples import common
from service.routes.openapi import describe


@get(
    "/v1/leaderboards/{category:str}",
    operation_class=describe(
        answers=common.LEADERBOARD,
        answers_as=common.LEADERBOARD_SCHEMA,
        query={
            "by": ({"enum": list(get_args(By)), "default": "community"}, "Whose word ranks."),
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
async def get_leaderboard(request: Request) -> Response:
    """Rank the tools of a category, or of `all`, now or as they stood.

    A tool whose interval overlaps others' has the ranks that it may have, such as "2-4"; one with too few
    votes for a rank comes last. Further pages show the state of the first.

    By matchups tools have ratings: 400 points more make ten times the odds. Where the matchups leave one
    open, `note` says why: a tool that won all of them has a lower bound alone.
    """
    asked = parameters.query(request, "by", "context", "as_of", "corrected", "limit", "cursor")
    limit = pagination.limit(asked, most=LIMIT_MAX)
    by = parameters.choice(asked, "by", get_args(By), default="community")
    ranking = Ranking(category=parameters.slug(request, "category"), by=by, context=_context(asked, by))
    pool, past = request.resources.pool, request.resources.past_ratings
    moment, start = as_of.moment(asked), 0
    if place := pagination.split_cursor(asked):
        start = pagination.whole(place[1])
        moment = Moment(place[0], corrected=moment is not None and moment.corrected)
    elif moment is not None:
        await as_of.reach_moment(pool, moment)
    board = await read_board(pool, ranking, past=past, moment=moment)
    return answer_read(request, ranked_tools(board, ranking, start=start, limit=limit))


def _context(asked: dict[str, str], by: By) -> str | None:
    """Read the context of matchups; None where no matchups rank."""
    context = asked.get("context")
    if by != "matchups":
        if context is not None:
            message = "context goes with by=matchups: votes and reviews have none."
            raise BadParameterError(message)
        return None
    if context is not None:
        parameters.check_slug(context)
    return context or OVERALL


ROUTES: Final = (get_leaderboard,)
