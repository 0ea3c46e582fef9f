"""Refused forms of the console: each gets a page that says why, with the way back.

NotTakenError
├── UnclearError         the form does not say which events, or what to do with them
├── TooManyError         more events than can be looked at one by one
├── ForgedPreviewError   the token was not signed here
├── OthersPreviewError   the token was signed for another moderator
└── OldPreviewError      the token was signed too long ago
"""

from typing import Final

from litestar.status_codes import HTTP_422_UNPROCESSABLE_ENTITY
from msgspec import Struct

from events.log.commands import Refusal
from service.http.request import Request
from service.http.response import Response
from service.pages.console.common import show
from service.pages.rendering.publishing import Pages
from service.views.facts import Link

EVENTS: Final = Link("/moderation/events", "Back to the events")


class NotTakenError(Refusal):
    """A form that cannot be acted on; `back` leads to where it can be mended."""

    type = "not-taken"
    title = "This cannot be done"
    status = HTTP_422_UNPROCESSABLE_ENTITY

    def __init__(self, detail: str, *, back: Link = EVENTS) -> None:
        super().__init__(detail)
        self.back = back


class UnclearError(NotTakenError):
    """The form does not say which events to rule on, or how."""

    type = "unclear"
    title = "Which events do you mean?"


class TooManyError(NotTakenError):
    """The filter is too wide to look at each event's standing."""

    type = "too-many-events"
    title = "These are too many events"


class ForgedPreviewError(NotTakenError):
    """The preview to apply was not signed here."""

    type = "forged-preview"
    title = "This is not what a preview led to"

    def __init__(self) -> None:
        super().__init__("Nothing was applied. Choose the events again, and look at what would change.")


class OthersPreviewError(NotTakenError):
    """The preview to apply was shown to another account."""

    type = "others-preview"
    title = "Somebody else looked at this preview"
    status = 403

    def __init__(self) -> None:
        super().__init__("Nothing was applied. Choose the events yourself, and look at what would change.")


class OldPreviewError(NotTakenError):
    """The preview to apply was shown too long ago."""

    type = "old-preview"
    title = "This preview is out of date"

    def __init__(self) -> None:
        super().__init__("Nothing was applied. A preview holds for an hour: look again at what would change.")


class NotTakenView(Struct, frozen=True):
    """Why not, and the way back."""

    title: str
    detail: str
    back: Link


async def show_not_taken(request: Request, pages: Pages, error: NotTakenError) -> Response:
    """Answer with a page that says why a form was not taken."""
    view = NotTakenView(error.title, error.detail, error.back)
    return await show(request, pages, "not_taken.html", error.title, view, status=error.status)
