"""The short way to the two calls that come by the thousand: casting a vote and reading a score.

They are routes of Litestar like all others, and what does not fit here exactly goes there. But finding
the route, wrapping the call and building objects that nobody looks at costs Litestar as much as all the
rest of a vote costs, so these two are recognised by their path and answered at once (docs/decisions/0010).
"""

from time import perf_counter
from typing import Any, Final

import litestar
from litestar import Litestar
from litestar.types import HTTPScope, Receive, Send

from events.log.commands import Refusal
from service.http.dependencies import Dependencies
from service.http.problems import answer_defect, answer_refusal
from service.http.request import BODY_BYTES_MAX, Request, Route
from service.routes.scores import read_score
from service.routes.votes import cast_vote
from service.server.metrics import Metrics

PREFIX: Final = ["", "v1", "tools"]

ROUTES: Final[dict[tuple[str, str], tuple[Route, str]]] = {
    ("PUT", "vote"): (cast_vote, "/v1/tools/{slug}/vote"),
    ("GET", "score"): (read_score, "/v1/tools/{slug}/score"),
}
"""Route and path template by method and last part of the path."""


def find_fast_route(scope: HTTPScope) -> tuple[Route, str] | None:
    """Return the route of a request that may take the short way, and note its slug in the scope."""
    parts = scope["path"].split("/")
    if len(parts) != len(PREFIX) + 2 or parts[:3] != PREFIX or not parts[3]:
        return None
    found = ROUTES.get((scope["method"], parts[4]))
    if found is not None:
        scope["path_params"] = {"slug": parts[3]}
    return found


class FastPath:
    """Answers express requests, and counts them."""

    def __init__(self, app: Litestar, dependencies: Dependencies, metrics: Metrics) -> None:
        self._app = app
        self._arguments = dependencies.arguments
        self._metrics = metrics

    async def answer(self, found: tuple[Route, str], scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Answer a request by the route that `find_fast_route` found; an error becomes a problem."""
        start = perf_counter()
        route, template = found
        scope["litestar_app"] = self._app
        try:
            answer = await route(
                Request(scope, receive, body_bytes_max=BODY_BYTES_MAX), **self._arguments(route)
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for the answer
            request: litestar.Request[Any, Any, Any] = litestar.Request(scope, receive, send)
            problem = (
                answer_refusal(request, error)
                if isinstance(error, Refusal)
                else answer_defect(request, error)
            )
            self._metrics.count(scope["method"], template, problem.status_code or 0, perf_counter() - start)
            response = problem.to_asgi_response(None, request)  # pyright: ignore[reportUnknownMemberType] - one of its own parameters is deprecated and half typed
            await response(scope, receive, send)
        else:
            self._metrics.count(scope["method"], template, answer.status, perf_counter() - start)
            await answer(scope, receive, send)
