"""The audit list as a page: who did what, newest first."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from litestar import get
from msgspec import Struct

from events.log.audit import AuditAction, AuditEntry, read_audit
from events.log.connection import Pool
from projections.comparison.numbers import count, join
from service.http import pagination, parameters
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.console.batch_words import BATCHES
from service.pages.console.common import CONSOLE_ROOT, require_moderator, show
from service.pages.console.event_text import event_page
from service.pages.console.quarantine import QUARANTINE
from service.pages.console.replay_words import REPLAYS
from service.pages.rendering.publishing import Pages
from service.pages.session.sessions import Sessions
from service.views import addresses, words
from service.views.facts import Link
from service.views.words import TimeText

AUDIT: Final = f"{CONSOLE_ROOT}/audit"
ROWS_MAX: Final = 100

SAID: Final[Mapping[AuditAction, str]] = {
    "batch-ordered": "ordered a batch of rulings",
    "batch-cancelled": "stopped a batch of rulings",
    "replay-ordered": "ordered a replay",
    "replay-swapped": "swapped a replay in",
    "replay-cancelled": "cancelled a replay",
    "set-aside-retried": "tried a subject set aside again",
    "rule-adopted": "adopted a rule",
    "tool-listed": "listed a tool",
    "tool-revised": "revised the entry of a tool",
    "tool-delisted": "delisted a tool",
    "panelist-seated": "seated a panelist",
    "panelist-retired": "retired a panelist",
    "review-submitted": "submitted a review",
    "review-revised": "revised a review",
    "review-withdrawn": "withdrew a review",
}
ACTIONS: Final[tuple[AuditAction, ...]] = get_args(AuditAction)
ERASED: Final = "somebody whose name was erased"


class AuditRow(Struct, frozen=True, kw_only=True):
    """A line: when, who, what in words, to what, and what else there is to say."""

    time: TimeText
    who: str
    role: str
    said: str
    what: Link
    detail: str


class ActionOption(Struct, frozen=True):
    """An action to filter by."""

    value: str
    text: str
    chosen: bool


class AuditView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        who: The account whose lines are shown; "" for everybody.
        filtered: Whether some are left out.
        first: Whether these are the newest.
        newest: The address of the first page.
        older: The address of the next page; None at the end.
    """

    who: str
    actions: list[ActionOption]
    rows: list[AuditRow]
    filtered: bool
    first: bool
    newest: str
    older: str | None


@get(AUDIT, include_in_schema=False)
@direct()
async def get_audit_page(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """List what moderators and admins did; `who` and `action` filter, `cursor` is where the list goes on."""
    require_moderator(request, sessions)
    given = parameters.known_query(request, "who", "action", "cursor")
    who = parameters.account(given, "who")
    action = next((each for each in ACTIONS if each == given.get("action")), None)
    entries = await read_audit(
        pool,
        before=pagination.before_id(given),
        who=who,
        action=action,
        limit=ROWS_MAX + 1,
    )
    shown = entries[:ROWS_MAX]
    older = pagination.encode_cursor(str(shown[-1].id)) if len(entries) > ROWS_MAX else None
    view = AuditView(
        who=who or "",
        actions=[ActionOption(each, SAID[each], each == action) for each in ACTIONS],
        rows=[audit_row(entry) for entry in shown],
        filtered=bool(who or action),
        first="cursor" not in given,
        newest=AUDIT + addresses.query_string({"who": who, "action": action}),
        older=older and AUDIT + addresses.query_string({"who": who, "action": action, "cursor": older}),
    )
    return await show(request, pages, "audit.html", "Audit", view)


def audit_row(entry: AuditEntry) -> AuditRow:
    """Put a line into words."""
    said = next((SAID[action] for action in ACTIONS if action == entry.action), entry.action)
    return AuditRow(
        time=words.second(entry.at),
        who=entry.who or ERASED,
        role=entry.role,
        said=said,
        what=_link(entry),
        detail=_detail(entry.detail),
    )


def _link(entry: AuditEntry) -> Link:
    """Lead to what a line is about: a page of the console, or the event that it came to."""
    what = entry.what
    match entry.action.partition("-")[0], entry.detail:
        case "batch", _:
            return Link(f"{BATCHES}/{what}", what)
        case "replay", _:
            return Link(f"{REPLAYS}/{what}", what)
        case "set", _:
            return Link(QUARANTINE, what)
        case _, {"position": position}:
            return Link(event_page(position), what)
        case _:  # of a newer build
            return Link(AUDIT, what)


def _detail(detail: Mapping[str, Any]) -> str:
    """Describe a batch, a replay or the retry of a subject; "" for other actions."""
    match detail:
        case {"action": action, "matched": matched, "reason": reason}:
            reverting = "to revert another one: " if detail.get("reverts") else ""
            return f"{reverting}{action} {count(matched, 'event')} for {words.reason(reason)}"
        case {"models": models, "dry_run": dry_run}:
            return f"of {join(models)}" + (", to compare first" if dry_run else ", to swap when done")
        case {"in_order": in_order}:
            return "it is in order again" if in_order else "in vain"
        case _:
            return ""
