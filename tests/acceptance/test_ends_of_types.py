"""Dates, numbers and cursors at the ends of their types: taken, or refused in words."""

from base64 import urlsafe_b64encode
from typing import Any, Final

import msgspec
import pytest

from events.ids import POSITION_MAX
from tests.support.golden import FOLDER
from tests.support.service import Caller

KNOWN: Final = {"slug": "ends", "a": "ends", "b": "ends-too", "panelist": "ends", "name": "first"}
TIMES: Final = (
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59.999999-23:59",
    "1969-12-31T23:59:59.999999Z",
)
NUMBERS: Final = ("-1", "0", str(POSITION_MAX), str(POSITION_MAX + 1), "9" * 400)
CURSORS: Final = tuple(
    urlsafe_b64encode(key.encode()).decode().rstrip("=")
    for key in (
        *TIMES,
        *NUMBERS,
        *(f"{number}/{number}" for number in NUMBERS),
        "0001-01-01T00:00:00",
        "x" * 4_000,
        "\ud7ff/\U0010ffff",
    )
)
WAITED_FOR: Final = {("/v1/tools/{slug}/score", "after")}
"""A position that nothing has reached is waited for there; one test elsewhere does that."""

STREAMS: Final = {"/v1/scores/stream"}

PAGES: Final = (
    "/",
    "/search",
    "/tools/ends",
    "/leaderboards/all",
    "/compare/ends-vs-ends-too",
    "/moderation/events",
    "/moderation/batches",
    "/moderation/replays",
    "/moderation/set-aside",
    "/moderation/audit",
)
DATES: Final = ("0001-01-01", "9999-12-31")
TYPED: Final = ("as_of", "from", "to", "after", "before", "cursor", "limit", "position", "page")


def reads() -> list[Any]:
    """Find every GET that takes a query, with the names in it."""
    paths = msgspec.json.decode((FOLDER / "openapi.json").read_bytes())["paths"]
    found: list[Any] = []
    for path, operations in paths.items():
        taken = [
            each["name"] for each in operations.get("get", {}).get("parameters", ()) if each["in"] == "query"
        ]
        names = [name for name in taken if (path, name) not in WAITED_FOR]
        if names and path not in STREAMS:
            found.append(pytest.param(path, names, id=path))
    return found


@pytest.fixture
async def _known(caller: Caller) -> None:
    """Make two tools and a panelist."""
    await caller.list_tool("ends")
    await caller.list_tool("ends-too")
    await caller.seat("ends")


@pytest.mark.usefixtures("_known")
@pytest.mark.parametrize(("path", "names"), reads())
async def test_an_end_in_a_query_is_taken_or_refused(caller: Caller, path: str, names: list[str]) -> None:
    at = path
    for name, value in KNOWN.items():
        at = at.replace(f"{{{name}}}", value)
    at = at.replace("{id}", "ffffffff-ffff-ffff-ffff-ffffffffffff").replace("{position}", str(POSITION_MAX))
    role = "voter" if path.endswith("/vote") else "moderator"
    for name in names:
        for value in (*TIMES, *NUMBERS, *CURSORS):
            answer = await caller.call("GET", at, role=role, params={name: value})
            assert answer.status_code < 500, (name, value, answer.text)


@pytest.mark.usefixtures("_known")
@pytest.mark.parametrize("path", PAGES)
async def test_an_end_in_a_pages_address_is_taken_or_refused(desk: Caller, path: str) -> None:
    for name in TYPED:
        for value in (*DATES, *TIMES, *NUMBERS, *CURSORS):
            answer = await desk.call("GET", path, params={name: value}, headers={"Accept": "text/html"})
            assert answer.status_code < 500, (name, value, answer.text)


@pytest.mark.parametrize("value", TIMES)
@pytest.mark.parametrize("name", ["from", "to"])
async def test_an_end_in_a_selection_is_taken_or_refused(caller: Caller, name: str, value: str) -> None:
    order = {"action": "retract", "reason": "spam", "select": {name: value}, "dry_run": True}
    answer = await caller.call("POST", "/v1/moderation/batches", role="moderator", json=order)
    assert answer.status_code < 500, answer.text
