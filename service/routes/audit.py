"""The audit list: `/v1/moderation/audit`."""

from typing import Any, Final, get_args

from litestar import get

from events.log.audit import Action, read_audit
from service import paging, parameters
from service.answers import Answer
from service.asking import Asking, direct
from service.auth import require
from service.openapi import describe
from service.revalidation import answer_read
from service.routes import examples
from service.tokens import Role

ACTIONS: Final[tuple[Action, ...]] = get_args(Action)

EXAMPLE: Final[dict[str, Any]] = {
    "id": "0198c8a2-7c11-7d3e-9f0a-2b6f3f1f0c55",
    "at": "2026-11-22T12:05:00.123456Z",
    "who": "sam",
    "role": "moderator",
    "action": "batch-ordered",
    "what": examples.BATCH["id"],
    "detail": {"action": "retract", "reverts": None, "reason": "fraud", "matched": 37},
}


@get(
    "/v1/moderation/audit",
    operation_class=describe(
        answers={"items": [EXAMPLE], "next": examples.NEXT},
        answers_as=examples.page_of("AuditEntry"),
        query={
            "who": ({"type": "string"}, "Only what this account did."),
            "action": ({"enum": list(ACTIONS)}, "Only this."),
            "limit": examples.LIMIT,
            "cursor": examples.CURSOR,
        },
        refusals=(400, 401, 403, 503),
    ),
)
@direct()
async def get_audit(request: Asking) -> Answer:
    """List what moderators and admins did, newest first: who, when, and to what. For moderators.

    Nobody can edit the list. Where a name was erased, `who` is empty.
    """
    require(request, Role.MODERATOR, Role.ADMIN)
    asked = parameters.query(request, "who", "action", "limit", "cursor")
    limit = paging.limit(asked)
    action = parameters.choice(asked, "action", ACTIONS, default=ACTIONS[0]) if "action" in asked else None
    entries = await read_audit(
        request.resources.pool,
        before=paging.identifier(asked),
        who=parameters.account(asked, "who"),
        action=action,
        limit=limit + 1,
    )
    return answer_read(request, paging.page(list(entries), [str(one.id) for one in entries], limit=limit))


ROUTES: Final = (get_audit,)
