"""Subjects set aside, in the console: which event is in the way, since when, and a try at once."""

from typing import Final

from litestar import get, post
from msgspec import Struct
from redis.asyncio import Redis

from events.ids import Position
from events.log.connection import Pool
from projections.comparison.numbers import count
from projections.quarantine.register import Aside, read_quarantine
from service.commands.refusals import NotQuarantinedError
from service.http import pagination, parameters
from service.http.request import Request, direct
from service.http.response import Response
from service.operations.quarantine import find_quarantined, try_again
from service.pages.console.common import CONSOLE_ROOT, require_moderator, show
from service.pages.rendering.publishing import Pages
from service.pages.session.forms import checked_form
from service.pages.session.redirects import see_other
from service.pages.session.sessions import Sessions
from service.views import addresses, words
from service.views.facts import Link
from service.views.words import TimeText

QUARANTINE: Final = f"{CONSOLE_ROOT}/set-aside"
FORM_BYTES_MAX: Final = 4 * 1024
ROWS_MAX: Final = 20

MENDED: Final = "It is no longer set aside: all of its events are folded."


class QuarantineRow(Struct, frozen=True, kw_only=True):
    """A subject that is set aside.

    Attributes:
        name: What it is; `href` is None where it has no page.
        event: The poison event.
    """

    subject: str
    name: str
    href: str | None
    event: Link
    type: str
    error: str
    since: TimeText
    tries: str
    retry_at: TimeText


class QuarantineView(Struct, frozen=True, kw_only=True):
    """Everything on the page; `said` is the result of a retry, "" without one."""

    rows: list[QuarantineRow]
    is_first: bool
    more: str | None
    said: str
    refused: str


@get(QUARANTINE, include_in_schema=False)
@direct()
async def get_quarantine_page(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """List what is set aside; `tried` is the subject that was just tried again."""
    require_moderator(request, sessions)
    return await _show(request, pool, pages)


@post(f"{QUARANTINE}/{{subject:str}}/retry", include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_quarantine_page_retry(
    request: Request, *, pool: Pool, redis: Redis, pages: Pages, sessions: Sessions
) -> Response:
    """Retry a subject at once, and show the result."""
    by = require_moderator(request, sessions).author
    await checked_form(request, sessions)
    subject: str = request.scope["path_params"]["subject"]
    try:
        await try_again(pool, redis, subject, by=by)
    except NotQuarantinedError as refusal:
        return await _show(request, pool, pages, refused=refusal)
    return see_other(QUARANTINE + addresses.query_string({"tried": subject}))


async def _show(
    request: Request, pool: Pool, pages: Pages, *, refused: NotQuarantinedError | None = None
) -> Response:
    given = parameters.known_query(request, "cursor", "tried")
    found = await read_quarantine(pool, after=pagination.place(given), limit=ROWS_MAX + 1)
    shown = found[:ROWS_MAX]
    more = pagination.encode_cursor(str(shown[-1].position)) if len(found) > ROWS_MAX else None
    view = QuarantineView(
        rows=[_row(aside) for aside in shown],
        is_first="cursor" not in given,
        more=more and QUARANTINE + addresses.query_string({"cursor": more}),
        said=await _came_of(pool, given["tried"]) if "tried" in given else "",
        refused=refused.detail if refused else "",
    )
    return await show(
        request, pages, "quarantine.html", "Set aside", view, status=refused.status if refused else 200
    )


async def _came_of(pool: Pool, tried: str) -> str:
    try:
        aside = await find_quarantined(pool, tried)
    except NotQuarantinedError:
        return MENDED
    return f"The subject {_name(aside)} is still set aside: {aside.error}."


def _name(aside: Aside) -> str:
    if aside.tool is not None:
        return aside.tool
    return f"subject {aside.subject}" if aside.panelist is None else f"panelist {aside.panelist}"


def _row(aside: Aside) -> QuarantineRow:
    return QuarantineRow(
        subject=aside.subject,
        name=_name(aside),
        href=None if aside.tool is None else addresses.tool(aside.tool),
        event=_event(aside.position),
        type=aside.type,
        error=aside.error,
        since=words.minute(aside.since),
        tries=f"tried {count(aside.tries, 'time')} in vain" if aside.tries else "not tried again yet",
        retry_at=words.second(aside.retry_at),
    )


def _event(position: Position) -> Link:
    return Link(f"{CONSOLE_ROOT}/events/{position}", f"{position:,}")
