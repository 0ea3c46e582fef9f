"""A request as routes and pages get it.

Litestar finds the handler and turns errors into problems. Handlers read the ASGI scope themselves, since
most of the time of a vote would otherwise go into objects that nobody uses.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final, TypeVar

from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send
from msgspec.json import Decoder

from service.http.dependencies import Dependencies, Function, needs_of
from service.http.problems import BAD_JSON, BadBodyError, BodyTooLargeError, bad_body

T = TypeVar("T")

BODY_BYTES_MAX: Final = 256 * 1024

Route = Callable[..., Awaitable[ASGIApp]]
"""Takes the request, and by name the objects of the process that it needs. Some answers are streams."""


class Request:
    """One request."""

    __slots__ = ("_body", "_body_bytes_max", "_receive", "scope")

    def __init__(self, scope: HTTPScope, receive: Receive, *, body_bytes_max: int) -> None:
        self.scope = scope
        self._receive = receive
        self._body_bytes_max = body_bytes_max
        self._body: bytes | None = None

    def header(self, name: bytes) -> bytes | None:
        """Return a header's value, the first if there are several; `name` in lower case."""
        for candidate, value in self.scope["headers"]:
            if candidate == name:
                return value
        return None

    async def body(self) -> bytes:
        """Read the body, once; later calls return the same bytes.

        Raises:
            BodyTooLargeError: it is larger than the route takes.
        """
        if self._body is None:
            self._body = await self._read()
        return self._body

    async def decoded(self, decoder: Decoder[T]) -> T:
        """Read and check the JSON body, whatever content type it claims.

        Raises:
            BadBodyError: it is not JSON, or not of the decoder's shape.
            BodyTooLargeError: it is larger than the route takes.
        """
        try:
            return decoder.decode(await self.body())
        except BAD_JSON as error:
            raise bad_body(error) from error

    async def _read(self) -> bytes:
        parts: list[bytes] = []
        size = 0
        more = True
        while more:
            message = await self._receive()
            if message["type"] != "http.request":
                # The bytes so far may look whole, like the first lines of a batch. They are not.
                detail = "The client left before the end of the body."
                raise BadBodyError(detail)
            parts.append(message["body"])
            size += len(message["body"])
            if size > self._body_bytes_max:
                detail = f"Send at most {self._body_bytes_max:,} bytes."
                raise BodyTooLargeError(detail)
            more = message["more_body"]
        return b"".join(parts)


class Handler:
    """A Litestar handler of a route: its answer is an ASGI app that does all the work.

    Args:
        route: The function that it is named after.
        needs: The types of the objects of the process that it takes, by name.
        bind: Makes the function that answers requests, with these objects.
        body_bytes_max: The size of the largest body that it takes.
    """

    def __init__(
        self,
        route: Route,
        needs: Mapping[str, object],
        bind: Callable[[Mapping[str, object]], Function],
        *,
        body_bytes_max: int,
    ) -> None:
        self.needs: Mapping[str, object] = needs
        self.bind: Callable[[Mapping[str, object]], Function] = bind
        self._body_bytes_max = body_bytes_max
        self.__name__, self.__qualname__ = route.__name__, route.__qualname__
        self.__module__, self.__doc__ = route.__module__, route.__doc__

    async def __call__(self) -> ASGIApp:
        """Return the app that answers (Litestar)."""
        return self._answer

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            dependencies: Dependencies = scope["litestar_app"].state.dependencies
            request = Request(scope, receive, body_bytes_max=self._body_bytes_max)
            answer = await dependencies.bound(self)(request)
            await answer(scope, receive, send)


def direct(*, body_bytes_max: int = BODY_BYTES_MAX) -> Callable[[Route], Handler]:
    """Make a Litestar handler of a page's function.

    Beside the request it takes objects of the process, by type: `pool: Pool`, `pages: Pages`.
    """

    def decorate(route: Route) -> Handler:
        return Handler(
            route, needs_of(route), lambda held: partial(route, **held), body_bytes_max=body_bytes_max
        )

    return decorate
