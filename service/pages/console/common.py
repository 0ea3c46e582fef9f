"""The part that all pages of the console share: the check of who may see them, and their frame."""

from typing import Final

from msgspec import Struct

from service.http.auth import MODERATORS
from service.http.request import Request
from service.http.response import Response
from service.http.tokens import Principal
from service.pages.rendering.publishing import Frame, PageDraft, Pages
from service.pages.session.sessions import Sessions
from service.pages.session.user import require_page_role

CONSOLE_ROOT: Final = "/moderation"

FORM_BYTES_MAX: Final = 1024 * 1024


def require_moderator(request: Request, sessions: Sessions) -> Principal:
    """Return the moderator who asks.

    Raises:
        SignInNeededError: nobody is signed in; it becomes a redirect to the sign-in page and back.
        WrongRoleError: somebody else is; it becomes a page that says so.
    """
    return require_page_role(request, sessions, *MODERATORS.roles)


async def show(
    request: Request, pages: Pages, template: str, title: str, view: Struct, *, status: int = 200
) -> Response:
    """Answer with a page of the console, which no cache may keep; `template` is its name below `console/`."""
    frame = Frame(title=title, description="For moderators.", path=None)
    return await pages.show_once(request, PageDraft(f"console/{template}", frame, view), status=status)
