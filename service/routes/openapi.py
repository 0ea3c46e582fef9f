"""Describes operations in the OpenAPI schema: what they take and answer, with an example of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import msgspec
from litestar import Request
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

from events.log.audit import AuditEntry
from events.moderation.batches import Batch, TargetOutcome
from projections.catalogue.queries import Tool
from projections.leaderboards.board import Row
from projections.past.changes import Burst, RulingsChange
from projections.preview.effects import Preview
from projections.preview.rules import RuleEffect
from projections.preview.weeks import Week
from projections.quarantine.register import Aside
from projections.rebuilding.replays import Replay
from projections.reviews.queries import Review
from projections.rules.adoption import Adoption
from projections.scores import Score
from service.http import schemas
from service.http.problems import MEDIA_TYPE, Problem
from service.reads.comparisons import SideBySide
from service.reads.documents import HistoryItem, ListedRule, MatchupScore, Retried

JSON: Final = "application/json"
NDJSON: Final = "application/x-ndjson"

IDEMPOTENCY_KEY: Final = {
    "Idempotency-Key": "The same key and payload get the original answer for 24 hours; "
    "with another payload the key is refused (422)."
}

DOCUMENTS: Final[tuple[type[Any], ...]] = (
    schemas.ToolBody,
    schemas.PanelistBody,
    schemas.ReviewBody,
    schemas.VoteBody,
    schemas.PreferenceBody,
    schemas.VoteLine,
    Tool,
    Review,
    Score,
    MatchupScore,
    SideBySide,
    HistoryItem,
    Burst,
    RulingsChange,
    Preview,
    ListedRule,
    Adoption,
    RuleEffect,
    Week,
    Row,
    schemas.OrderBody,
    schemas.RevertBody,
    Batch,
    TargetOutcome,
    schemas.ReplayBody,
    Replay,
    Aside,
    AuditEntry,
    Retried,
    Problem,
)


def describe(
    *,
    answers: object,
    answers_as: str | Mapping[str, Any] | None = None,
    answers_type: str = JSON,
    takes: object = None,
    takes_as: str | None = None,
    takes_type: str = JSON,
    query: Mapping[str, tuple[dict[str, Any], str]] | None = None,
    query_required: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    refusals: Sequence[int] = (),
    statuses: Sequence[int] = (200,),
) -> type[Operation]:
    """Build the `operation_class` of a route.

    Args:
        answers: Example of the answer.
        answers_as: Name of the answer's document, or its JSON schema; None for any JSON.
        answers_type: The answer's media type.
        takes: Example of the body; None if the operation takes none.
        takes_as: Name of the body's document.
        takes_type: The body's media type.
        query: JSON schema and description of each query parameter.
        query_required: Those of them that have to be given.
        headers: Description of each request header.
        refusals: Statuses of the problems that may come instead.
        statuses: Statuses of the answer.
    """

    @dataclass
    class Described(Operation):
        def __post_init__(self) -> None:
            responses: Responses = {
                str(status): OpenAPIResponse(
                    description="Done", content={answers_type: _content(answers_as, answers)}
                )
                for status in statuses
            }
            for refusal in refusals:
                responses[str(refusal)] = OpenAPIResponse(
                    description="Refused",
                    content={MEDIA_TYPE: OpenAPIMediaType(schema=_schema("Problem"))},
                )
            self.responses = responses
            if takes is not None:
                self.request_body = RequestBody(
                    content={takes_type: _content(takes_as, takes)}, required=True
                )
            self.parameters = [
                *(self.parameters or []),
                *(
                    Parameter(
                        name=name,
                        param_in="query",
                        schema=_raw(schema),
                        description=description,
                        required=name in query_required,
                    )
                    for name, (schema, description) in (query or {}).items()
                ),
                *(
                    Parameter(name=name, param_in="header", schema=_raw({"type": "string"}), description=text)
                    for name, text in (headers or {}).items()
                ),
            ] or None

    return Described


def describe_write(
    *,
    takes: object = None,
    takes_as: str | None = None,
    query: Mapping[str, tuple[dict[str, Any], str]] | None = None,
) -> type[Operation]:
    """Build the `operation_class` of a route that orders something of the log."""
    return describe(
        takes=takes,
        takes_as=takes_as,
        answers={"position": 120345, "changed": True},
        answers_as={
            "type": "object",
            "required": ["position", "changed"],
            "properties": {"position": {"type": "integer"}, "changed": {"type": "boolean"}},
        },
        query=query,
        headers=IDEMPOTENCY_KEY,
        refusals=(400, 401, 403, 404, 413, 422, 503),
    )


class Completed(JsonRenderPlugin):
    """Adds what Litestar leaves out of the document, or writes over."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Write the document with its components, and with tokens asked for only where they are needed."""
        _ = request
        _, schemas = msgspec.json.schema_components(DOCUMENTS, ref_template="#/components/schemas/{name}")
        operations = [operation for item in openapi_schema["paths"].values() for operation in item.values()]
        for operation in operations:
            operation["security"] = [{"BearerToken": []}] if "401" in operation["responses"] else []
        scheme = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
        components = {"schemas": schemas, "securitySchemes": {"BearerToken": scheme}}
        return msgspec.json.encode(openapi_schema | {"components": components})


def create_openapi(version: str) -> OpenAPIConfig:
    """Build the schema's frame; it is served as JSON at `/schema`."""
    return OpenAPIConfig(
        title="Ostraka",
        version=version,
        summary="Votes and reviews of tools, as a log of immutable events.",
        path="/schema",
        render_plugins=[Completed(path="/")],
        use_handler_docstrings=True,
    )


def _content(schema: str | Mapping[str, Any] | None, example: object) -> OpenAPIMediaType:
    # Litestar leaves out what is null; bytes that are JSON already it passes on.
    return OpenAPIMediaType(schema=_schema(schema), example=msgspec.Raw(msgspec.json.encode(example)))


def _schema(schema: str | Mapping[str, Any] | None) -> Reference | Schema:
    if isinstance(schema, str):
        return Reference(ref=f"#/components/schemas/{schema}")
    return _raw(schema or {})


def _raw(schema: Mapping[str, Any]) -> Schema:
    # Litestar writes a plain mapping out as it is, which is what msgspec's JSON schemas need.
    return cast("Schema", dict(schema))
