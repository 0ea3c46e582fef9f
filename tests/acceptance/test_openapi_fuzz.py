"""Requests made from the schema at `/schema`: none meets a defect, and every answer is as described."""

import json
import re
from typing import Final

import hypothesis
import pytest
import schemathesis
from schemathesis import Case, SerializationContext
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.service import TIMEOUT_S, Caller, Service

CHECKED: Final = [
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
    ("POST", "/v1/votes", "service"),
    ("GET", "/health/live", None),
    ("GET", "/health/ready", None),
    ("GET", "/metrics", None),
]
EXAMPLES_MAX: Final = 15
A_POSITION: Final = re.compile(r"\s*\+?0*[1-9]\d*\s*")


@schemathesis.serializer("application/x-ndjson")
def write_line(_context: SerializationContext, value: object) -> bytes:
    """Write a generated body as a batch of one line."""
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@pytest.fixture
async def known(caller: Caller) -> str:
    """Make a tool and a panelist of the same slug."""
    slug = "fuzzed"
    await caller.list_tool(slug)
    await caller.seat(slug)
    return slug


@pytest.mark.parametrize("about", ["anything", "what is known"])
@pytest.mark.parametrize(("method", "path", "role"), OPERATIONS)
def test_no_request_made_from_the_schema_meets_a_defect(
    service: Service, known: str, method: str, path: str, role: str | None, about: str
) -> None:
    operation = schemathesis.openapi.from_url(f"{service.url}/schema")[path][method]
    headers = service.bearing(role, known) if role else {}

    @hypothesis.settings(
        max_examples=EXAMPLES_MAX,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy())
    def send(case: Case) -> None:
        if about == "what is known":
            case.path_parameters = dict.fromkeys(case.path_parameters, known)
        # A position that nothing has reached is waited for; one test elsewhere does that.
        if A_POSITION.fullmatch(str(case.query.get("after", ""))):
            case.query["after"] = "1"
        case.call_and_validate(checks=CHECKED, headers=headers, timeout=TIMEOUT_S)

    send()
