"""The page of the log, newest first: a form of filters, and rows to tick for a ruling."""

import re
from collections.abc import Mapping
from typing import Final

from litestar import get
from msgspec import Struct

from events.ids import Position
from events.log.browsing import FoundEvents, look_back
from events.log.connection import Pool
from events.log.reader import read_head
from service.http import parameters
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.console import filters
from service.pages.console.common import require_moderator, show
from service.pages.console.event_text import TYPES, EventRow, write_rows
from service.pages.console.filters import NAMES, STANDINGS, Filters, WrongFilterError, read_filters
from service.pages.rendering.publishing import Pages
from service.pages.session.sessions import Sessions

ROWS_MAX: Final = 50
BEFORE: Final = "before"

_picked: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")
"""A time as browsers' own inputs for times take it; anything else is shown as text."""


class FormView(Struct, frozen=True, kw_only=True):
    """The form of filters, as it was sent.

    Attributes:
        given: The contents of each field; "" if it is empty.
        picked: Fields for times whose contents the browser's own input can show.
        wrong: The malformed field; None if all are right.
        refused: What is wrong with it.
        every: The address of the log without filters; None if no filter is set.
    """

    given: Mapping[str, str]
    picked: list[str]
    types: Mapping[str, str]
    standings: tuple[str, ...]
    wrong: str | None
    refused: str | None
    every: str | None


class OlderView(Struct, frozen=True):
    """The place where the next page begins; `full` unless the search stopped at its limit."""

    href: str
    full: bool


class EventsView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        selecting: The filters, for a ruling on all that match; None if they cannot select events alone.
        older: None at the end.
        said: Whether that is all, or how far back it was looked; "" where older ones follow.
        newest: The newest events of the same filters; None if these are they.
    """

    form: FormView
    rows: list[EventRow]
    selecting: list[tuple[str, str]] | None
    older: OlderView | None
    said: str
    newest: str | None


@get("/moderation/events", include_in_schema=False)
@direct()
async def get_events_page(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """Show the newest events that match the filters, or those from `before` a position on."""
    require_moderator(request, sessions)
    asked = parameters.known_query(request, *NAMES, BEFORE)
    try:
        wanted = read_filters(asked)
    except WrongFilterError as error:
        refused = EventsView(
            form=_form(asked, error), rows=[], selecting=None, older=None, said="", newest=None
        )
        return await show(request, pages, "events.html", "Events", refused, status=error.status)
    before = parameters.position(asked, BEFORE)
    view = await _view(pool, wanted, before)
    return await show(request, pages, "events.html", "Events", view)


async def _view(pool: Pool, wanted: Filters, before: Position) -> EventsView:
    async with pool.acquire() as connection:
        head = await read_head(connection)
        after, to = await wanted.bounds(connection, head=head)
        found = await look_back(
            connection,
            after=after,
            to=Position(min(to, before - 1)) if before else to,
            as_of=head,
            wanted=wanted.wanted,
            standing=wanted.standing,
            limit=ROWS_MAX,
        )
        rows = await write_rows(connection, found.events, as_of=head)
    return EventsView(
        form=_form(wanted.given),
        rows=rows,
        selecting=list(wanted.given.items()) if wanted.selects else None,
        older=_older(wanted, found),
        said=_said(found),
        newest=wanted.address() if before else None,
    )


def _form(given: Mapping[str, str], error: WrongFilterError | None = None) -> FormView:
    shown = {name: given.get(name, "") for name in NAMES}
    return FormView(
        given=shown,
        picked=[name for name in ("from", "to") if not shown[name] or _picked.fullmatch(shown[name])],
        types=TYPES,
        standings=STANDINGS,
        wrong=error and error.name,
        refused=error and error.detail,
        every=filters.log_address({}) if any(shown.values()) else None,
    )


def _older(wanted: Filters, found: FoundEvents) -> OlderView | None:
    if not found.rest:
        return None
    return OlderView(wanted.address(before=str(found.rest + 1)), found.full)


def _said(found: FoundEvents) -> str:
    if found.rest and not found.full:
        return f"Looked back to position {found.rest + 1:,}"
    if not found.events:
        return "Nothing matches"
    return "" if found.rest else "That is all"
