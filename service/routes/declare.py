"""Declares routes: the signature says what a route takes, its decorator what it answers and who may call it.

Decoding, the check of the caller and the OpenAPI schema all come from that (docs/decisions/0023).
"""

from collections.abc import Callable, Sequence
from inspect import getdoc
from typing import Any, NotRequired, Required, TypedDict, Unpack, cast, get_type_hints

import litestar
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from events.log.commands import Refusal
from service.http.auth import Callers
from service.http.conditional import answer_read
from service.http.dependencies import Function
from service.http.request import BODY_BYTES_MAX, Handler, Request
from service.http.response import Response, encode
from service.http.signature import Signature, Write
from service.http.submit import Written
from service.routes.examples.common import WRITTEN
from service.routes.openapi import JSON, DeclaredAnswer, describe_operation, documents_of

Decorator = Callable[[Function], HTTPRouteHandler]


class Declaration(TypedDict):
    """The arguments of a route's decorator.

    Attributes:
        example: An example of the answer.
        answer: The type of the answer, or its JSON schema, if it is not the type that the function returns.
        media_type: The media type of the answer.
        statuses: The statuses of the answer, the usual one first.
        callers: Who may call; everybody if it is left out.
        refuses: The refusals that are the route's own. Those that follow from its signature need no mention.
        takes: An example of the body.
        mentions: Types that the docstring speaks of, for the components of the schema.
        body_bytes_max: The size of the largest body that it takes.
        is_probe: Whether it is for operators: it ignores unknown query parameters, and names no refusals.
    """

    example: Required[object]
    answer: NotRequired[Any]
    media_type: NotRequired[str]
    statuses: NotRequired[tuple[int, ...]]
    callers: NotRequired[Callers]
    refuses: NotRequired[Sequence[type[Refusal]]]
    takes: NotRequired[object]
    mentions: NotRequired[Sequence[type[Struct]]]
    body_bytes_max: NotRequired[int]
    is_probe: NotRequired[bool]


class WriteDeclaration(TypedDict):
    """The arguments of the decorator of a route that submits one command; see `Declaration`."""

    callers: Required[Callers]
    refuses: NotRequired[Sequence[type[Refusal]]]
    takes: NotRequired[object]


def get(path: str, **declared: Unpack[Declaration]) -> Decorator:
    """Declare a route that reads. A Struct that it returns is answered with its ETag, or with 304."""
    return _declare(litestar.get, path, answer_read, declared)


def post(path: str, **declared: Unpack[Declaration]) -> Decorator:
    """Declare a route that orders work."""
    return _declare(litestar.post, path, _answer, declared)


def put(path: str, **declared: Unpack[WriteDeclaration]) -> Decorator:
    """Declare a route that writes one thing, by a command."""
    return _declare(litestar.put, path, _answer, {"answer": Written, "example": WRITTEN, **declared})


def delete(path: str, **declared: Unpack[WriteDeclaration]) -> Decorator:
    """Declare a route that withdraws one thing, by a command."""
    return _declare(litestar.delete, path, _answer, {"answer": Written, "example": WRITTEN, **declared})


def handler_of(route: HTTPRouteHandler) -> Handler:
    """Return the handler of a declared route."""
    return cast("Handler", route.fn)


def _declare(method: Any, path: str, write: Write, declared: Declaration) -> Decorator:  # noqa: ANN401 - Litestar's decorators share no type
    def decorate(function: Function) -> HTTPRouteHandler:
        is_probe = declared.get("is_probe", False)
        signature = Signature(
            function, path, callers=declared.get("callers"), write=write, checks_query=not is_probe
        )
        answer = DeclaredAnswer(
            type=declared.get("answer", get_type_hints(function, include_extras=True)["return"]),
            example=declared["example"],
            media_type=declared.get("media_type", JSON),
            statuses=declared.get("statuses", (200,)),
            refusals=() if is_probe else refusal_statuses(signature, declared.get("refuses", ())),
        )
        handler = Handler(
            function,
            signature.needs,
            signature.bind,
            body_bytes_max=declared.get("body_bytes_max", BODY_BYTES_MAX),
        )
        route: HTTPRouteHandler = method(
            path.replace("}", ":str}"),
            status_code=answer.statuses[0],
            description=_description(function, signature),
            operation_class=describe_operation(signature, answer, takes=declared.get("takes")),
            opt=documents_of(answer.type, signature.body, *declared.get("mentions", ())),
        )(handler)
        return route

    return decorate


def refusal_statuses(signature: Signature, refuses: Sequence[type[Refusal]]) -> tuple[int, ...]:
    """Return the statuses of a route's refusals: its own, and those that follow from its signature."""
    statuses = {400, 503, *(refusal.status for refusal in refuses)}
    if signature.callers is not None:
        statuses |= {401, 403}
    if signature.takes_key:
        statuses |= {413, 422}
    if signature.body is not None:
        statuses.add(413)
    return tuple(sorted(statuses))


def _description(function: Function, signature: Signature) -> str:
    """Add to a docstring's first paragraph who may call."""
    first, *others = (getdoc(function) or "").split("\n\n")
    told = first if signature.callers is None else f"{first} {signature.callers.told}"
    return "\n\n".join((told, *others))


def _answer(_request: Request, document: Struct) -> Response:
    return Response(encode(document))
