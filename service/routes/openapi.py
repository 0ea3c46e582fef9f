"""Describes declared routes in the OpenAPI schema, each with an example of what it takes and answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, cast, get_args, get_origin

import msgspec
from litestar import Request
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    Parameter,
    Reference,
    RequestBody,
    Responses,
    Schema,
)
from msgspec import Struct

from service.http import response
from service.http.pagination import Page
from service.http.problems import MEDIA_TYPE, Problem
from service.http.signature import Signature

JSON: Final = response.JSON.decode()
NDJSON: Final = response.NDJSON.decode()
REFERENCE: Final = "#/components/schemas/{name}"
DOCUMENTS: Final = "documents"
"""The key of a handler's `opt` under which the types stand that its description names."""

JsonSchema = Mapping[str, Any]
ParameterPlace = Literal["path", "query", "header"]
TEXT: Final[JsonSchema] = {"type": "string"}


class DeclaredAnswer(Struct, frozen=True):
    """A route's answer: its type or JSON schema, an example, and the statuses of answer and refusals."""

    type: Any
    example: object
    media_type: str
    statuses: tuple[int, ...]
    refusals: tuple[int, ...]


def describe_operation(signature: Signature, answer: DeclaredAnswer, *, takes: object) -> type[Operation]:
    """Build the `operation_class` of a route; `takes` is an example of its body."""

    @dataclass
    class RouteOperation(Operation):
        def __post_init__(self) -> None:
            self.responses = _responses(answer)
            if signature.body is not None:
                content = {NDJSON if signature.lines else JSON: _content(signature.body, takes)}
                self.request_body = RequestBody(content=content, required=signature.body_default is None)
            self.parameters = _parameters(signature) or None

    return RouteOperation


def documents_of(*types: object) -> dict[str, Any]:
    """Note in a handler's `opt` the types that its description names."""
    return {DOCUMENTS: [type_ for type_ in types if _is_document(type_)]}


class Completed(JsonRenderPlugin):
    """Adds what Litestar leaves out of the schema, or overwrites."""

    def __init__(self, path: str, documents: Iterable[Any]) -> None:
        super().__init__(path=path)
        items = [get_args(each)[0] if get_origin(each) is Page else each for each in documents]
        _, self._schemas = msgspec.json.schema_components(items, ref_template=REFERENCE)

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Write the schema with its components, and with tokens asked for only where they are needed."""
        _ = request
        operations = [operation for item in openapi_schema["paths"].values() for operation in item.values()]
        for operation in operations:
            operation["security"] = [{"BearerToken": []}] if "401" in operation["responses"] else []
        scheme = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
        components = {"schemas": self._schemas, "securitySchemes": {"BearerToken": scheme}}
        return msgspec.json.encode(openapi_schema | {"components": components})


def create_openapi(version: str, routes: Iterable[HTTPRouteHandler]) -> OpenAPIConfig:
    """Build the frame of the schema, with the documents that these routes name. It is served at `/schema`."""
    documents = [Problem, *(document for route in routes for document in route.opt[DOCUMENTS])]
    return OpenAPIConfig(
        title="Ostraka",
        version=version,
        summary="Votes and reviews of tools, as a log of immutable events.",
        path="/schema",
        render_plugins=[Completed("/", documents)],
    )


def _is_document(type_: object) -> bool:
    return type_ is not None and type_ is not str and not isinstance(type_, Mapping)


def _responses(answer: DeclaredAnswer) -> Responses:
    done = OpenAPIResponse(
        description="Done", content={answer.media_type: _content(answer.type, answer.example)}
    )
    refused = OpenAPIResponse(
        description="Refused", content={MEDIA_TYPE: OpenAPIMediaType(schema=_schema(Problem))}
    )
    return {
        **{str(status): done for status in answer.statuses},
        **{str(status): refused for status in answer.refusals},
    }


def _parameters(signature: Signature) -> list[Parameter | Reference]:
    query = signature.query.parameters if signature.query else {}
    return [
        *(_parameter("path", name, TEXT, required=True) for name in signature.path),
        *(
            _parameter("query", name, each.schema, each.description, required=each.required)
            for name, each in query.items()
        ),
        *(_parameter("header", each.name, TEXT, each.description) for each in signature.headers.values()),
    ]


def _parameter(
    place: ParameterPlace, name: str, schema: JsonSchema, description: str = "", *, required: bool = False
) -> Parameter:
    return Parameter(
        name=name,
        param_in=place,
        schema=_raw(schema),
        description=description or None,
        required=required,
    )


def _content(type_: Any, example: object) -> OpenAPIMediaType:  # noqa: ANN401 - any type that msgspec knows
    # Litestar leaves out what is null; bytes that are JSON already it passes on.
    return OpenAPIMediaType(schema=_schema(type_), example=msgspec.Raw(msgspec.json.encode(example)))


def _schema(type_: Any) -> Schema:  # noqa: ANN401 - any type that msgspec knows
    if isinstance(type_, Mapping):
        return _raw(cast("JsonSchema", type_))
    if get_origin(type_) is Page:
        return _raw(page_of(_described(get_args(type_)[0])))
    return _raw(_described(type_))


def page_of(item: JsonSchema) -> JsonSchema:
    """Build the JSON schema of a page of items of a schema."""
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {"items": {"type": "array", "items": item}, "next": {"type": ["string", "null"]}},
    }


def _described(type_: Any) -> JsonSchema:  # noqa: ANN401 - any type that msgspec knows
    [schema], _ = msgspec.json.schema_components([type_], ref_template=REFERENCE)
    return schema


def _raw(schema: JsonSchema) -> Schema:
    # Litestar writes a plain mapping out as it is, which is what msgspec's JSON schemas need.
    return cast("Schema", dict(schema))
