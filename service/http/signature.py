"""Reads off a route's signature what it takes, and gets all of it from a request.

Some arguments are known by name: `query`, `body` and the parts of the path. Others are known by type:
`Request`, `Principal` (the caller), `Submit` (the way to the log) and headers. The rest are objects of the
process.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, cast, get_args, get_origin

import msgspec
from litestar.types import ASGIApp
from msgspec import Struct

from events.log.commands import IdempotencyKey
from events.log.writer import Writer
from service.http import parameters
from service.http.auth import Callers, require
from service.http.dependencies import Function
from service.http.query import Parameter, Query, describe_parameter
from service.http.request import Request, Route
from service.http.response import Response
from service.http.submit import Submit, idempotency_key
from service.http.tokens import Principal, Tokens

Write = Callable[[Request, Struct], Response]
"""Answers a request with a document."""


class Header(Struct, frozen=True):
    """A request header, how to read it, and its description. A missing one reads as ""."""

    name: str
    description: str
    read: Callable[[str], Any]


class Lines(Struct, frozen=True):
    """Marks a body of documents of this type, one a line (NDJSON). The route gets its bytes."""

    type: type[Struct]


KEY: Final = Header(
    "Idempotency-Key",
    "The same key and payload get the original answer for 24 hours; "
    "with another payload the key is refused (422).",
    str,
)
Key = Annotated[IdempotencyKey | None, KEY]
Prefer = Annotated[
    parameters.Preference,
    Header(
        "Prefer",
        "`wait=SECONDS`: wait up to so long (60 at most) for a large batch to end. "
        "`respond-async`: leave even a small one to the workers.",
        parameters.preference,
    ),
]


class Signature:
    """Everything that a route takes.

    Args:
        function: The route.
        path: Its address, with the names of its parts in braces.
        callers: Who may call; None means everybody.
        write: Answers with a Struct that the route returns. Any other result is an answer itself.
        checks_query: Whether query parameters are refused if the route takes none.

    Attributes:
        path: The parts of the path by name.
        query: Reads the query; None if the route takes none.
        body: The type of its body, or of each line of it; None if it takes none.
        body_default: The value of an empty body; None if there has to be one.
        lines: Whether the body is NDJSON.
        headers: The headers that it reads, by the argument's name.
        needs: The types of the objects of the process that it takes, by name.
    """

    def __init__(
        self, function: Function, path: str, *, callers: Callers | None, write: Write, checks_query: bool
    ) -> None:
        self._function = function
        self._checks_query = checks_query
        self.callers = callers
        self._write = write
        self.path: dict[str, Parameter] = {}
        self.query: Query[Any] | None = None
        self.body: type[Struct] | None = None
        self.body_default: Struct | None = None
        self.lines = False
        self.headers: dict[str, Header] = {}
        self.needs: dict[str, object] = {}
        self._request: str | None = None
        self._caller: str | None = None
        self._submit: str | None = None
        for parameter in inspect.signature(function, eval_str=True).parameters.values():
            self._add(parameter, path)
        self._held = frozenset(self.needs)
        if self.callers is not None:
            self.needs["tokens"] = Tokens
        if self._submit is not None:
            self.needs["writer"] = Writer
        self._decoder = None if self.body is None else msgspec.json.Decoder(self.body)

    @property
    def takes_key(self) -> bool:
        """Whether it takes an Idempotency-Key."""
        return KEY in self.headers.values()

    def _add(self, parameter: inspect.Parameter, path: str) -> None:
        name, annotation = parameter.name, parameter.annotation
        base, *marks = get_args(annotation) if get_origin(annotation) is Annotated else (annotation,)
        mark = next((each for each in marks if isinstance(each, Header | Lines)), None)
        if annotation is Request:
            self._request = name
        elif f"{{{name}}}" in path:
            self.path[name] = describe_parameter(annotation)
        elif name == "query":
            self.query = Query(annotation)
        elif annotation is Principal:
            self._caller = name
        elif annotation is Submit:
            self._submit = name
            self.headers[name] = KEY
        elif isinstance(mark, Header):
            self.headers[name] = mark
        elif name == "body":
            self.lines = isinstance(mark, Lines)
            self.body = mark.type if isinstance(mark, Lines) else base
            self.body_default = None if parameter.default is inspect.Parameter.empty else parameter.default
        else:
            self.needs[name] = annotation

    def bind(self, held: Mapping[str, object]) -> Route:
        """Make the function that answers requests, with the objects of the process."""
        fixed = {name: thing for name, thing in held.items() if name in self._held}
        tokens, writer = cast("Tokens", held.get("tokens")), cast("Writer", held.get("writer"))
        function, callers, query = self._function, self.callers, self.query
        path = [(name, part.read) for name, part in self.path.items()]
        headers = [
            (name, header.name.lower().encode(), header.read)
            for name, header in self.headers.items()
            if header is not KEY
        ]
        key = next((name for name, header in self.headers.items() if header is KEY), None)

        async def answer(request: Request) -> ASGIApp:
            arguments = fixed.copy()
            caller = None if callers is None else require(request, tokens, callers)
            if self._caller is not None:
                arguments[self._caller] = caller
            if self._request is not None:
                arguments[self._request] = request
            if query is not None:
                arguments["query"] = query.read(request)
            elif self._checks_query and request.scope["query_string"]:
                parameters.query(request)
            names = request.scope["path_params"]
            for name, read in path:
                arguments[name] = read(names, name)
            for name, header, read_header in headers:
                arguments[name] = read_header((request.header(header) or b"").decode("latin-1"))
            if self.body is not None:
                arguments["body"] = await self._read_body(request)
            if key is not None and caller is not None:
                own = await idempotency_key(request, caller)
                submit = Submit(writer, by=caller, key=own, names=names) if self._submit else None
                arguments[key] = submit or own
            found = await function(**arguments)
            return self._write(request, found) if isinstance(found, Struct) else found

        return answer

    async def _read_body(self, request: Request) -> object:
        if self.lines or self._decoder is None:
            return await request.body()
        if self.body_default is not None and not await request.body():
            return self.body_default
        return await request.decoded(self._decoder)
