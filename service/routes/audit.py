"""The audit list: `/v1/moderation/audit`."""

from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from events.log.audit import AuditAction, AuditEntry, read_audit
from events.log.connection import Pool
from service.http import parameters
from service.http.auth import MODERATORS
from service.http.pagination import LIMIT_DEFAULT, BeforeId, Limit, Page, page
from service.http.query import Reads
from service.routes.declare import get
from service.routes.examples import common

EXAMPLE: Final[dict[str, Any]] = {
    "id": "0198c8a2-7c11-7d3e-9f0a-2b6f3f1f0c55",
    "at": "2026-11-22T12:05:00.123456Z",
    "who": "sam",
    "role": "moderator",
    "action": "batch-ordered",
    "what": common.BATCH["id"],
    "detail": {"action": "retract", "reverts": None, "reason": "fraud", "matched": 37},
}


class AuditQuery(Struct, frozen=True, kw_only=True):
    """A page of the audit list."""

    who: Annotated[
        str | None,
        Reads(parameters.account, {"type": "string"}),
        Meta(description="Only what this account did."),
    ] = None
    action: Annotated[AuditAction | None, Meta(description="Only this.")] = None
    limit: Limit = LIMIT_DEFAULT
    cursor: BeforeId = None


@get(
    "/v1/moderation/audit",
    callers=MODERATORS,
    example={"items": [EXAMPLE], "next": common.NEXT},
)
async def get_audit(*, query: AuditQuery, pool: Pool) -> Page[AuditEntry]:
    """List the deeds of moderators and admins, newest first: who did what, when, and to what.

    Nobody can edit the list. If a name was erased, `who` is empty.
    """
    entries = await read_audit(
        pool, before=query.cursor, who=query.who, action=query.action, limit=query.limit + 1
    )
    return page(entries, [str(entry.id) for entry in entries], limit=query.limit)


ROUTES: Final = (get_audit,)
