"""Quarantined subjects, each because of a poison event: `/v1/moderation/set-aside`."""

from typing import Any, Final

from msgspec import Struct
from redis.asyncio import Redis

from events.ids import Position
from events.log.connection import Pool
from projections.quarantine.register import Aside, read_quarantine
from service.commands.refusals import NotQuarantinedError
from service.http.auth import MODERATORS
from service.http.pagination import LIMIT_DEFAULT, AfterPosition, Limit, Page, page
from service.http.tokens import Principal
from service.operations.quarantine import try_again
from service.reads.documents import Retried
from service.routes.declare import get, post
from service.routes.examples import common

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


class QuarantineQuery(Struct, frozen=True, kw_only=True):
    """A page of the quarantine."""

    limit: Limit = LIMIT_DEFAULT
    cursor: AfterPosition = Position(0)


@get(SET_ASIDE, callers=MODERATORS, example={"items": [EXAMPLE], "next": common.NEXT})
async def get_set_aside(*, query: QuarantineQuery, pool: Pool) -> Page[Aside]:
    """List the subjects in quarantine, and the event of each that cannot be folded.

    Their scores stand as before that event, and all others go on. Workers try again at growing intervals.
    """
    found = await read_quarantine(pool, after=query.cursor, limit=query.limit + 1)
    return page(found, [str(one.position) for one in found], limit=query.limit)


@post(
    f"{SET_ASIDE}/{{subject}}/retry",
    callers=MODERATORS,
    example={"subject": EXAMPLE["subject"], "set_aside": None},
    refuses=(NotQuarantinedError,),
)
async def post_retry(*, subject: str, moderator: Principal, pool: Pool, redis: Redis) -> Retried:
    """Fold a subject again at once, for instance after an update that can read its events."""
    return Retried(subject, await try_again(pool, redis, subject, by=moderator.author))


ROUTES: Final = (get_set_aside, post_retry)
