"""The composition root of the HTTP service: it makes a Litestar app from settings."""

from collections.abc import Iterator
from importlib.metadata import version
from typing import Final, cast

from litestar import Litestar
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.types import (
    HTTPResponseBodyEvent,
    HTTPScope,
    LifeSpanReceive,
    LifeSpanScope,
    LifeSpanSend,
    Message,
    Receive,
    Scope,
    Send,
)

from events.log.commands import Refusal
from service.http.dependencies import Dependencies
from service.http.problems import answer_defect, answer_http_error, answer_refusal
from service.http.request import Handler
from service.http.sse import Streams
from service.http.tokens import Tokens
from service.pages.handlers import PAGES
from service.pages.rendering.errors import readable
from service.pages.rendering.publishing import Pages
from service.pages.session.sessions import Sessions
from service.pages.session.signer import Signer
from service.pages.session.user import SignInNeededError
from service.pages.sign_in import answer_sign_in_needed
from service.routes import ROUTES
from service.routes.fast_path import FastPath, find_fast_route
from service.routes.openapi import create_openapi
from service.server.metrics import Metrics
from service.server.resources import open_resources
from service.server.settings import Settings

ROUTE_HANDLERS: Final[tuple[HTTPRouteHandler, ...]] = (*ROUTES, *PAGES)


class App(Litestar):
    """Litestar with a fast path for the busiest routes, and with HEAD.

    Litestar alone refuses HEAD for a GET route, but RFC 9110 (section 9.3.2) asks for both.
    """

    fast_path: FastPath

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        """Answer a request: by the fast path if it has the route, and HEAD like GET without a body."""
        if scope["type"] == "http":
            http_scope = cast("HTTPScope", scope)
            if found := find_fast_route(http_scope):
                await self.fast_path.answer(found, http_scope, cast("Receive", receive), cast("Send", send))
                return
            if http_scope["method"] == "HEAD":
                scope, send = {**http_scope, "method": "GET"}, _only_head(cast("Send", send))
        await super().__call__(scope, receive, send)


def create_app(settings: Settings, streams: Streams) -> App:
    """Build the app. It opens its connections when it starts, not now."""
    metrics, dependencies = Metrics(), Dependencies()
    signer = Signer(settings.secret, settings.public_url, anonymous_votes=settings.anonymous_votes)
    tokens = Tokens(settings.secret)
    sessions = Sessions(signer, tokens)
    pages = Pages(settings.public_url, sessions)
    dependencies.provide(signer, tokens, sessions, pages)
    app = App(
        route_handlers=ROUTE_HANDLERS,
        lifespan=[lambda _: open_resources(settings, dependencies, metrics, streams)],
        on_startup=[lambda: dependencies.bind(_handlers())],
        middleware=[metrics.counting],
        exception_handlers={
            SignInNeededError: answer_sign_in_needed,
            Refusal: readable(pages, answer_refusal),
            HTTPException: readable(pages, answer_http_error),
            Exception: readable(pages, answer_defect),
        },
        openapi_config=create_openapi(version("ostraka"), ROUTES),
        request_max_body_size=None,  # each route names its own
        logging_config=None,
    )
    app.fast_path = FastPath(app, dependencies, metrics)
    app.state.dependencies = dependencies
    return app


def _handlers() -> Iterator[Handler]:
    return (route.fn for route in ROUTE_HANDLERS if isinstance(route.fn, Handler))


def _only_head(send: Send) -> Send:
    """End a response after its head. An endless response notices it, as when a client leaves."""
    body: HTTPResponseBodyEvent = {"type": "http.response.body", "body": b"", "more_body": False}

    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send(body)

    return send_head
