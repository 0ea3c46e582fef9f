"""Refusals as pages, for those who ask for pages: the same problem, in words that can be read."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import litestar
from litestar import MediaType
from msgspec import Struct

from service.http.headers import SAFE
from service.http.problems import Problem
from service.http.request import Request
from service.pages.rendering.publishing import Frame, PageDraft, Pages

FOR_PROGRAMS: Final = ("/v1/", "/health/", "/metrics", "/schema")
"""Addresses below these answer programs, whatever they claim to accept."""

E = TypeVar("E", bound=Exception)

AnyRequest = litestar.Request[Any, Any, Any]


class ErrorView(Struct, frozen=True):
    """An error, as its page shows it."""

    status: int
    title: str
    detail: str


def readable(
    pages: Pages, answer: Callable[[AnyRequest, E], litestar.Response[Problem]]
) -> Callable[[AnyRequest, E], litestar.Response[Problem] | litestar.Response[bytes]]:
    """Let an exception handler answer with a page where a page was asked for."""

    def handle(request: AnyRequest, error: E) -> litestar.Response[Problem] | litestar.Response[bytes]:
        refused = answer(request, error)
        return _page(pages, request, refused) if _wants_page(request) else refused

    return handle


def _wants_page(request: AnyRequest) -> bool:
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and not request.scope["path"].startswith(FOR_PROGRAMS)


def _page(pages: Pages, request: AnyRequest, refused: litestar.Response[Problem]) -> litestar.Response[bytes]:
    problem = refused.content
    page = PageDraft(
        "error.html",
        Frame(title=problem.title, description=problem.detail, path=None),
        ErrorView(problem.status, problem.title, problem.detail),
    )
    asking = Request(request.scope, request.receive, body_bytes_max=0)
    headers = dict(refused.headers) | {name.decode(): value.decode() for name, value in SAFE}
    return litestar.Response(
        pages.write(page, pages.person(asking)),
        status_code=problem.status,
        media_type=MediaType.HTML,
        headers={**headers, "Vary": "Accept", "Cache-Control": "no-store"},
    )
