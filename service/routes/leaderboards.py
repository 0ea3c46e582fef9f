"""Leaderboards: `/v1/leaderboards/{category}`."""

from typing import Final, get_args

from litestar import get

from events.facts import OVERALL
from projections.leaderboards.board import By, Leaderboard
from projections.leaderboards.matchups import read_matchup_board
from projections.leaderboards.shares import read_share_board
from projections.past.moments import At
from service import paging, parameters, rewinding
from service.answers import Answer
from service.asking import Asking, direct
from service.openapi import describe
from service.problems import BadParameterError
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
            "by": ({"enum": list(get_args(By)), "default": "community"}, "Whose word ranks."),
            "context": (
                {"type": "string", "default": OVERALL},
                "By matchups: the use case; preferences in all of them count in `overall`.",
            ),
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

    By matchups tools have ratings: 400 points more make ten times the odds. Where the matchups leave one
    open, `note` says why: a tool that won all of them has a lower bound alone.
    """
    asked = parameters.query(request, "by", "context", "as_of", "corrected", "limit", "cursor")
    limit = paging.limit(asked, most=LIMIT_MAX)
    category = parameters.slug(request, "category")
    by = parameters.choice(asked, "by", get_args(By), default="community")
    context = _context(asked, by)
    moment = rewinding.moment(asked)
    at, start = moment and moment.at, 0
    if place := paging.split_cursor(asked):
        at, start = place[0], paging.whole(place[1])
    elif moment is not None:
        await rewinding.reach_moment(request, moment)
    corrected = moment is not None and moment.corrected
    board = await _read(request, category, by, context, at=at, corrected=corrected)
    end = start + limit
    following = paging.encode_cursor(f"{board.position}/{end}") if end < len(board.rows) else None
    document = {
        "category": category,
        "by": by,
        **({} if context is None else {"context": context}),
        "position": board.position,
        "rule": board.rule.name,
        "items": board.rows[start:end],
        "next": following,
    }
    return answer_read(request, document)


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


async def _read(
    request: Asking, category: str, by: By, context: str | None, *, at: At | None, corrected: bool
) -> Leaderboard:
    pool, listed = request.resources.pool, None if category == EVERY else category
    if by == "matchups":
        past = request.resources.past_ratings
        return await read_matchup_board(
            pool, listed, context=context or OVERALL, past=past, at=at, corrected=corrected
        )
    return await read_share_board(pool, listed, by=by, at=at, corrected=corrected)


ROUTES: Final = (get_leaderboard,)
