"""The fast path of the two busiest calls: casting a vote and reading a score.

They are routes of Litestar like all others, which answers whatever does not fit here exactly. But for a vote
Litestar's routing costs as much as all the rest. So these two are recognised by their path
(docs/decisions/0010).
"""

from time import perf_counter
from typing import Any, Final

import litestar
from litestar import Litestar
from litestar.types import HTTPScope, Receive, Send

from events.log.commands import Refusal
from service.http.dependencies import Bindable, Dependencies
from service.http.problems import answer_defect, answer_refusal
from service.http.request import BODY_BYTES_MAX, Request
from service.routes.declare import handler_of
from service.routes.scores import read_score
from service.routes.votes import cast_vote
from service.server.metrics import Metrics

PREFIX: Final = ["", "v1", "tools"]

ROUTES: Final[dict[tuple[str, str], tuple[Bindable, str]]] = {
    ("PUT", "vote"): (handler_of(cast_vote), "/v1/tools/{slug}/vote"),
    ("GET", "score"): (handler_of(read_score), "/v1/tools/{slug}/score"),
}
"""Handler and path template by method and last part of the path."""


def find_fast_route(scope: HTTPScope) -> tuple[Bindable, str] | None:
    """Return the handler of a request that may take the fast path, and note its slug in the scope."""
    parts = scope["path"].split("/")
    if len(parts) != len(PREFIX) + 2 or parts[:3] != PREFIX or not parts[3]:
        return None
    found = ROUTES.get((scope["method"], parts[4]))
    if found is not None:
        scope["path_params"] = {"slug": parts[3]}
    return found


class FastPath:
    """Answers requests of the fast path, and counts them."""

    def __init__(self, app: Litestar, dependencies: Dependencies, metrics: Metrics) -> None:
        self._app = app
        self._bound = dependencies.bound
        self._metrics = metrics

    async def answer(
        self, found: tuple[Bindable, str], scope: HTTPScope, receive: Receive, send: Send
    ) -> None:
        """Answer a request by the route that `find_fast_route` found; an error becomes a problem."""
        start = perf_counter()
        handler, template = found
        scope["litestar_app"] = self._app
        try:
            answer = await self._bound(handler)(Request(scope, receive, body_bytes_max=BODY_BYTES_MAX))
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
