"""Leaderboards: `/v1/leaderboards/{category}`."""

from typing import Final, get_args

from litestar import get

from projections.leaderboards import By, read_leaderboard
from service import paging, parameters, rewinding
from service.answers import Answer
from service.asking import Asking, direct
from service.openapi import describe
from service.revalidation import answer_read
from service.routes import examples

EVERY: Final = "all"
LIMIT_MAX: Final = 1_000


@get(
    "/v1/leaderboards/{category:str}",
    operation_class=describe(
        answers=examples.LEADERBOARD,
        answers_as=examples.LEADERBOARD_SCHEMA,
        query={
            "by": ({"enum": ["community", "panel"], "default": "community"}, "Whose word ranks."),
            **examples.MOMENT,
            "limit": ({**examples.LIMIT[0], "maximum": LIMIT_MAX}, examples.LIMIT[1]),
            "cursor": examples.CURSOR,
        },
        refusals=(400, 503),
    ),
)
@direct()
async def get_leaderboard(request: Asking) -> Answer:
    """Rank the tools of a category, or of `all`, now or as they stood.

    A tool whose interval overlaps others' has the ranks that it may have, such as "2-4"; one with too few
    votes for a rank comes last. Further pages show the state of the first.
    """
    asked = parameters.query(request, "by", "as_of", "corrected", "limit", "cursor")
    limit = paging.limit(asked, most=LIMIT_MAX)
    category = parameters.slug(request, "category")
    by = parameters.choice(asked, "by", get_args(By), default="community")
    moment = rewinding.moment(asked)
    at, start = moment and moment.at, 0
    if place := paging.split_cursor(asked):
        at, start = place[0], paging.whole(place[1])
    elif moment is not None:
        await rewinding.reach_moment(request, moment)
    board = await read_leaderboard(
        request.resources.pool,
        None if category == EVERY else category,
        by=by,
        at=at,
        corrected=moment is not None and moment.corrected,
    )
    end = start + limit
    following = paging.encode_cursor(f"{board.position}/{end}") if end < len(board.rows) else None
    document = {
        "category": category,
        "by": by,
        "position": board.position,
        "items": board.rows[start:end],
        "next": following,
    }
    return answer_read(request, document)


ROUTES: Final = (get_leaderboard,)
