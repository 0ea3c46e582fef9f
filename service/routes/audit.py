"""The audit list: `/v1/moderation/audit`."""

from typing import Any, Final, get_args

from litestar import get

from events.log.audit import AuditAction, read_audit
from events.log.connection import Pool
from service.http import pagination, parameters
from service.http.auth import MODERATORS, require
from service.http.conditional import answer_read
from service.http.request import Request, direct
from service.http.response import Response
from service.http.tokens import Tokens
from service.routes.examples import common
from service.routes.openapi import describe

ACTIONS: Final[tuple[AuditAction, ...]] = get_args(AuditAction)

EXAMPLE: Final[dict[str, Any]] = {
    "id": "0198c8a2-7c11-7d3e-9f0a-2b6f3f1f0c55",
    "at": "2026-11-22T12:05:00.123456Z",
    "who": "sam",
    "role": "moderator",
    "action": "batch-ordered",
    "what": common.BATCH["id"],
    "detail": {"action": "retract", "reverts": None, "reason": "fraud", "matched": 37},
}


@get(
    "/v1/moderation/audit",
    operation_class=describe(
        answers={"items": [EXAMPLE], "next": common.NEXT},
        answers_as=common.page_of("AuditEntry"),
        query={
            "who": ({"type": "string"}, "Only what this account did."),
            "action": ({"enum": list(ACTIONS)}, "Only this."),
            "limit": common.LIMIT,
            "cursor": common.CURSOR,
        },
        refusals=(400, 401, 403, 503),
    ),
)
@direct()
async def get_audit(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """List what moderators and admins did, newest first: who, when, and to what. For moderators.

    Nobody can edit the list. Where a name was erased, `who` is empty.
    """
    require(request, tokens, *MODERATORS)
    asked = parameters.query(request, "who", "action", "limit", "cursor")
    limit = pagination.limit(asked)
    action = parameters.choice(asked, "action", ACTIONS, default=ACTIONS[0]) if "action" in asked else None
    entries = await read_audit(
        pool,
        before=pagination.identifier(asked),
        who=parameters.account(asked, "who"),
        action=action,
        limit=limit + 1,
    )
    return answer_read(request, pagination.page(list(entries), [str(one.id) for one in entries], limit=limit))


ROUTES: Final = (get_audit,)
