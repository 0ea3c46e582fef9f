"""Refusals as pages, for those who ask for pages: the same problem, in words that can be read."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from litestar import MediaType, Request, Response
from msgspec import Struct

from service.asking import Asking
from service.pages.headers import SAFE
from service.pages.publishing import Frame, Page, pages_of
from service.pages.session_person import person_of
from service.problems import Problem

FOR_PROGRAMS: Final = ("/v1/", "/health/", "/metrics", "/schema")
"""Addresses below these answer programs, whatever they claim to accept."""

E = TypeVar("E", bound=Exception)

AnyRequest = Request[Any, Any, Any]


class ErrorView(Struct, frozen=True):
    """What went wrong."""

    status: int
    title: str
    detail: str


def readable(
    answer: Callable[[AnyRequest, E], Response[Problem]],
) -> Callable[[AnyRequest, E], Response[Problem] | Response[bytes]]:
    """Let an exception handler answer with a page where a page was asked for."""

    def handle(request: AnyRequest, error: E) -> Response[Problem] | Response[bytes]:
        refused = answer(request, error)
        return _page(request, refused) if _wants_page(request) else refused

    return handle


def _wants_page(request: AnyRequest) -> bool:
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and not request.scope["path"].startswith(FOR_PROGRAMS)


def _page(request: AnyRequest, refused: Response[Problem]) -> Response[bytes]:
    problem = refused.content
    page = Page(
        "error.html",
        Frame(title=problem.title, description=problem.detail, path=None),
        ErrorView(problem.status, problem.title, problem.detail),
    )
    asking = Asking(request.scope, request.receive, body_bytes_max=0)
    headers = dict(refused.headers) | {name.decode(): value.decode() for name, value in SAFE}
    return Response(
        pages_of(request.scope).write(page, person_of(asking)),
        status_code=problem.status,
        media_type=MediaType.HTML,
        headers={**headers, "Vary": "Accept", "Cache-Control": "no-store"},
    )
