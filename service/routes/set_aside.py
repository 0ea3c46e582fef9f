"""Subjects that are set aside because of a bad event: `/v1/moderation/set-aside`."""

from typing import Any, Final

from litestar import get, post

from projections.aside.register import read_aside
from service import paging, parameters, setting_aside
from service.answers import Answer, encode
from service.asking import Asking, direct
from service.auth import require
from service.documents import Retried
from service.openapi import describe
from service.revalidation import answer_read
from service.routes import examples
from service.tokens import Role

SET_ASIDE: Final = "/v1/moderation/set-aside"
MODERATORS: Final = (Role.MODERATOR, Role.ADMIN)

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
        answers={"items": [EXAMPLE], "next": examples.NEXT},
        answers_as=examples.page_of("Aside"),
        query={"limit": examples.LIMIT, "cursor": examples.CURSOR},
        refusals=(400, 401, 403, 503),
    ),
)
@direct()
async def get_set_aside(request: Asking) -> Answer:
    """List what is set aside, by the event that was in the way: a tool stands as before it. For moderators.

    Scores of all other tools go on. The workers try again by themselves, the later the more often they did.
    """
    require(request, *MODERATORS)
    asked = parameters.query(request, "limit", "cursor")
    limit = paging.limit(asked)
    found = await read_aside(request.resources.pool, after=paging.place(asked), limit=limit + 1)
    return answer_read(request, paging.page(list(found), [str(one.position) for one in found], limit=limit))


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
async def post_retry(request: Asking) -> Answer:
    """Fold a subject anew at once, for instance after an update that can read its events. For moderators."""
    by = require(request, *MODERATORS).author
    parameters.query(request)
    subject: str = request.scope["path_params"]["subject"]
    aside = await setting_aside.try_again(request.resources, subject, by=by)
    return Answer(encode(Retried(subject, aside)))


ROUTES: Final = (get_set_aside, post_retry)
