"""Requests made from the schema at `/schema`: none meets a defect, and every answer is as described."""

import json
import re
from typing import Any, Final, cast

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import strategies as st
from schemathesis import GenerationMode, SerializationContext
from schemathesis.checks import not_a_server_error  # pyright: ignore[reportUnknownVariableType]
from schemathesis.specs.openapi.checks import (
    content_type_conformance,  # pyright: ignore[reportUnknownVariableType]
    response_schema_conformance,  # pyright: ignore[reportUnknownVariableType]
    status_code_conformance,  # pyright: ignore[reportUnknownVariableType]
)

from tests.support.service import TIMEOUT_S, Caller, Service

CHECKED: Final[list[Any]] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS: Final = [
    ("GET", "/v1/tools", None),
    ("GET", "/v1/tools/{slug}", None),
    ("PUT", "/v1/tools/{slug}", "admin"),
    ("DELETE", "/v1/tools/{slug}", "admin"),
    ("PUT", "/v1/panelists/{slug}", "admin"),
    ("DELETE", "/v1/panelists/{slug}", "admin"),
    ("GET", "/v1/tools/{slug}/reviews", None),
    ("PUT", "/v1/tools/{slug}/reviews/{panelist}", "admin"),
    ("DELETE", "/v1/tools/{slug}/reviews/{panelist}", "admin"),
    ("GET", "/v1/tools/{slug}/vote", "voter"),
    ("PUT", "/v1/tools/{slug}/vote", "voter"),
    ("DELETE", "/v1/tools/{slug}/vote", "voter"),
    ("GET", "/v1/tools/{slug}/score", None),
    ("GET", "/v1/matchups/{a}/{b}/vote", "voter"),
    ("PUT", "/v1/matchups/{a}/{b}/vote", "voter"),
    ("DELETE", "/v1/matchups/{a}/{b}/vote", "voter"),
    ("GET", "/v1/matchups/{a}/{b}", None),
    ("GET", "/v1/compare/{a}/{b}", None),
    ("GET", "/v1/compare", None),
    ("POST", "/v1/votes", "service"),
    ("GET", "/v1/rules", None),
    ("GET", "/v1/rules/{name}/preview", "moderator"),
    ("GET", "/v1/moderation/audit", "moderator"),
    ("GET", "/health/live", None),
    ("GET", "/health/ready", None),
    ("GET", "/metrics", None),
]
KNOWN: Final = "fuzzed"
OTHER: Final = "fuzzed-too"
EXAMPLES_MAX: Final = 15
UNCHECKED: Final = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
A_POSITION: Final = re.compile(r"\s*\+?0*[1-9]\d*\s*")


@schemathesis.serializer("application/x-ndjson")
def write_line(_context: SerializationContext, value: object) -> bytes:
    """Write a generated body as a batch of one line."""
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@pytest.fixture
async def _known(caller: Caller) -> None:
    """Make a tool and a panelist of the same slug, and another tool."""
    await caller.list_tool(KNOWN)
    await caller.list_tool(OTHER)
    await caller.seat(KNOWN)


def has_what_can_be_wrong(method: str, path: str) -> bool:
    """Tell whether an operation takes a body or a query; any text fits a path as the schema has it."""
    of_several_tools = path.startswith(("/v1/matchups", "/v1/compare"))
    endings = ("/tools", "/reviews", "/score", "/preview")
    return method in {"PUT", "POST"} or of_several_tools or path.endswith(endings)


def as_object(body: object) -> dict[str, object]:
    """Return a body that is a JSON object; any other counts as an empty one."""
    return cast("dict[str, object]", body) if isinstance(body, dict) else {}


FUZZED: Final = [
    *((GenerationMode.POSITIVE, *operation) for operation in OPERATIONS),
    *(
        (GenerationMode.NEGATIVE, *operation)
        for operation in OPERATIONS
        if has_what_can_be_wrong(*operation[:2])
    ),
]


@pytest.mark.usefixtures("_known")
@pytest.mark.parametrize(("mode", "method", "path", "role"), FUZZED)
def test_no_request_made_from_the_schema_meets_a_defect(
    *, service: Service, mode: GenerationMode, method: str, path: str, role: str | None
) -> None:
    operation = cast("Any", schemathesis.openapi.from_url(f"{service.url}/schema")[path][method])
    headers = service.bearing(role, KNOWN) if role else {}

    @hypothesis.settings(
        max_examples=EXAMPLES_MAX,
        derandomize=True,
        database=None,
        suppress_health_check=UNCHECKED,
    )
    @hypothesis.given(case=operation.as_strategy(mode), is_known=st.booleans())
    def send(case: Any, *, is_known: bool) -> None:  # noqa: ANN401 - schemathesis' types are not complete
        query: dict[str, object] = case.query or {}
        if is_known:
            case.path_parameters = {name: OTHER if name == "b" else KNOWN for name in case.path_parameters}
            if "winner" in (body := as_object(case.body)):
                body["winner"] = KNOWN
            if "tools" in query:
                query["tools"] = f"{KNOWN},{OTHER}"
        # A position that nothing has reached is waited for; one test elsewhere does that.
        if A_POSITION.fullmatch(str(query.get("after", ""))):
            query["after"] = "1"
        case.call_and_validate(checks=CHECKED, headers=headers, timeout=TIMEOUT_S)

    send()
