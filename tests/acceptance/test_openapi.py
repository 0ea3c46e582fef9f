"""The schema at `/schema`: valid, complete, with an example for every operation."""

from typing import Any, Final, cast

import jsonschema
import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from tests.support.service import Caller

METHODS: Final = {"get", "put", "post", "delete"}
JSON: Final = "application/json"
SEEN_FROM_OUTSIDE: Final = {
    "/v1/tools": {"get"},
    "/v1/tools/{slug}": {"get", "put", "delete"},
    "/v1/panelists/{slug}": {"put", "delete"},
    "/v1/tools/{slug}/reviews": {"get"},
    "/v1/tools/{slug}/reviews/{panelist}": {"put", "delete"},
    "/v1/tools/{slug}/vote": {"get", "put", "delete"},
    "/v1/tools/{slug}/score": {"get"},
    "/v1/compare": {"get"},
    "/v1/compare/{a}/{b}": {"get"},
    "/v1/matchups/{a}/{b}": {"get"},
    "/v1/matchups/{a}/{b}/vote": {"get", "put", "delete"},
    "/v1/votes": {"post"},
    "/v1/events": {"get"},
    "/v1/moderation/batches": {"get", "post"},
    "/v1/moderation/batches/{id}": {"get"},
    "/v1/moderation/batches/{id}/revert": {"post"},
    "/v1/moderation/batches/{id}/cancel": {"post"},
    "/v1/moderation/set-aside": {"get"},
    "/v1/moderation/set-aside/{subject}/retry": {"post"},
    "/v1/replays": {"get", "post"},
    "/v1/replays/{id}": {"get"},
    "/v1/replays/{id}/stream": {"get"},
    "/v1/replays/{id}/swap": {"post"},
    "/v1/replays/{id}/cancel": {"post"},
    "/v1/rules": {"get"},
    "/v1/rules/adoptions": {"get"},
    "/v1/rules/{name}/preview": {"get"},
    "/v1/rules/{name}/adopt": {"post"},
    "/health/live": {"get"},
    "/health/ready": {"get"},
    "/metrics": {"get"},
}


@pytest.fixture
async def document(caller: Caller) -> dict[str, Any]:
    """Read the schema."""
    answer = await caller.call("GET", "/schema")
    assert answer.status_code == 200
    return answer.json()


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Let a schema carry the components that it points to."""
    return {**schema, "components": document["components"]}


async def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert OPENAPI_31_VALIDATOR.is_valid(document)


async def test_every_schema_in_it_is_a_valid_json_schema(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


async def test_it_describes_every_call(document: dict[str, Any]) -> None:
    for path, methods in SEEN_FROM_OUTSIDE.items():
        assert methods <= set(document["paths"][path])


def answered(operation: dict[str, Any]) -> dict[str, Any]:
    """Return an operation's answers when it is not refused, by media type; they are alike in every status."""
    contents = [
        answer["content"] for status, answer in operation["responses"].items() if status.startswith("2")
    ]
    assert contents
    assert all(content == contents[0] for content in contents)
    return contents[0]


async def test_every_operation_has_an_example_of_its_answer_and_of_its_body(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        contents = list(answered(operation).items())
        contents += operation.get("requestBody", {}).get("content", {}).items()
        for media_type, content in contents:
            assert (
                content.get("example") not in {None, ""}
                if isinstance(content.get("example"), str)
                else ("example" in content)
            ), f"{method} {path} has no example of {media_type}"
        without = ("/cancel", "/swap", "/retry", "/adopt")
        takes_a_body = method == "put" or (method == "post" and not path.endswith(without))
        assert ("requestBody" in operation) == takes_a_body, f"{method} {path}"


async def test_every_json_example_is_of_the_shape_that_stands_beside_it(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        contents = [
            answered(operation),
            operation.get("requestBody", {}).get("content", {}),
        ]
        for content in (part[JSON] for part in contents if JSON in part):
            validator = cast("Any", jsonschema.Draft202012Validator(resolved(document, content["schema"])))
            assert validator.is_valid(content["example"]), f"{method} {path}"


async def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(document: dict[str, Any]) -> None:
    found = operations(document)
    assert len({operation["operationId"] for *_, operation in found}) == len(found)
    assert all(operation["description"] for *_, operation in found)


async def test_only_calls_that_need_a_token_say_so(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        needed = bool(operation.get("security", document.get("security")))
        assert needed == ("401" in operation["responses"]), f"{method} {path}"


async def test_every_refusal_in_it_is_a_problem(document: dict[str, Any]) -> None:
    for path, _, operation in operations(document):
        for status, answer in operation["responses"].items():
            if not status.startswith("2") and path.startswith("/v1"):
                assert list(answer["content"]) == ["application/problem+json"]
