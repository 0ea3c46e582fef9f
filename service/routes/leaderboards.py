"""Leaderboards: `/v1/leaderboards/{category}`."""

from typing import Annotated, Final

from msgspec import Meta

from events.facts import OVERALL
from events.ids import Slug
from events.log.connection import Pool
from projections.ratings.past import PastRatings
from service.http import pagination, parameters
from service.http.pagination import LIMIT_DEFAULT, BeforePlace, limit_up_to
from service.http.problems import BadParameterError
from service.http.query import SLUG, Reads
from service.reads.as_of import Moment, MomentQuery, reach_moment
from service.reads.leaderboards import BOARD_LIMIT_MAX, RankedTools, ranked_tools, ranking_of, read_board
from service.reads.measures import DEFAULT, MEASURES, with_context
from service.routes.declare import get
from service.routes.examples import common


class LeaderboardQuery(MomentQuery, frozen=True, kw_only=True):
    """A page of a leaderboard. Its cursor names the position of the first page, and a place."""

    by: Annotated[
        str,
        Reads(
            lambda given, name: parameters.choice(given, name, [*MEASURES], default=DEFAULT.name),
            {"enum": [*MEASURES]},
        ),
        Meta(description="Whose word ranks."),
    ] = DEFAULT.name
    context: Annotated[
        Slug | None,
        Reads(SLUG.read, {**SLUG.schema, "default": OVERALL}),
        Meta(description="By matchups: the use case; preferences in all of them count in `overall`."),
    ] = None
    limit: Annotated[int, limit_up_to(BOARD_LIMIT_MAX)] = LIMIT_DEFAULT
    cursor: BeforePlace = None


@get("/v1/leaderboards/{category}", example=common.LEADERBOARD)
async def get_leaderboard(
    *, category: Slug, query: LeaderboardQuery, pool: Pool, past_ratings: PastRatings
) -> RankedTools:
    """Rank the tools of a category, or of `all`, now or as they stood.

    A tool whose interval overlaps those of others gets a range of ranks, such as "2-4". A tool with too few
    votes for a rank comes last. The following pages show the same state as the first.

    By matchups tools have ratings: 400 points more mean ten times the odds. If a tool has no rating, `note`
    says why. A tool that won all its matchups, for instance, has only a lower bound.
    """
    measure = MEASURES[query.by]
    if query.context is not None and not measure.takes_context:
        message = f"context goes with by={with_context()}: {measure.unit}s have none."
        raise BadParameterError(message)
    ranking = ranking_of(category, measure, query.context)
    moment, start = query.moment, 0
    if query.cursor is not None:
        start = pagination.whole(query.cursor[1])
        moment = Moment(query.cursor[0], corrected=moment is not None and moment.corrected)
    elif moment is not None:
        await reach_moment(pool, moment)
    board = await read_board(pool, ranking, past=past_ratings, moment=moment)
    return ranked_tools(board, ranking, start=start, limit=query.limit)


ROUTES: Final = (get_leaderboard,)
