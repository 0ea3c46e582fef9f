"""Subjects that are set aside because of a bad event: `/v1/moderation/set-aside`."""

from typing import Any, Final

from litestar import get, post
from redis.asyncio import Redis

from events.log.connection import Pool
from projections.quarantine.register import read_quarantine
from service.http import pagination, parameters
from service.http.auth import MODERATORS, require
from service.http.conditional import answer_read
from service.http.request import Request, direct
from service.http.response import Response, encode
from service.http.tokens import Tokens
from service.operations.quarantine import try_again
from service.reads.documents import Retried
from service.routes.examples import common
from service.routes.openapi import describe

SET_ASIDE: Final = "/v1/moderation/set-aside"

EXAMPLE: Final[dict[str, Any]] = {
    "subject": "4611686018427387904",
    "tool": "gpt-5-mini",
    "panelist": None,
    "position": 120345,
    "type": "VoteCast",
    "error": "event type 'VoteCast' at schema 2 is not known to this build",
    "since": "2026-11-22T12:05:00.123456Z",
    "tries": 3,
    "retry_at": "2026-11-22T12:07:00.123456Z",
}


@get(
    SET_ASIDE,
    operation_class=describe(
        answers={"items": [EXAMPLE], "next": common.NEXT},
        answers_as=common.page_of("Aside"),
        query={"limit": common.LIMIT, "cursor": common.CURSOR},
        refusals=(400, 401, 403, 503),
    ),
)
@direct()
async def get_set_aside(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """List what is set aside, by the event that was in the way: a tool stands as before it. For moderators.

    Scores of all other tools go on. The workers try again by themselves, the later the more often they did.
    """
    require(request, tokens, *MODERATORS)
    asked = parameters.query(request, "limit", "cursor")
    limit = pagination.limit(asked)
    found = await read_quarantine(pool, after=pagination.place(asked), limit=limit + 1)
    return answer_read(
        request, pagination.page(list(found), [str(one.position) for one in found], limit=limit)
    )


@post(
    f"{SET_ASIDE}/{{subject:str}}/retry",
    status_code=200,
    operation_class=describe(
        answers={"subject": EXAMPLE["subject"], "set_aside": None},
        answers_as="Retried",
        refusals=(400, 401, 403, 404, 503),
    ),
)
@direct()
async def post_retry(request: Request, *, pool: Pool, redis: Redis, tokens: Tokens) -> Response:
    """Fold a subject anew at once, for instance after an update that can read its events. For moderators."""
    by = require(request, tokens, *MODERATORS).author
    parameters.query(request)
    subject: str = request.scope["path_params"]["subject"]
    aside = await try_again(pool, redis, subject, by=by)
    return Response(encode(Retried(subject, aside)))


ROUTES: Final = (get_set_aside, post_retry)
