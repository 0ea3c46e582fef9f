"""Dates, numbers and cursors at the ends of their types are taken, or refused in words."""

from base64 import urlsafe_b64encode
from typing import Any, Final

import msgspec
import pytest

from events.ids import POSITION_MAX
from projections.rules.registry import FIRST
from tests.support.golden import FOLDER
from tests.support.service import Caller, fresh, refused

BATCHES: Final = "/v1/moderation/batches"
KNOWN: Final = {"slug": "ends", "a": "ends", "b": "ends-too", "category": "all", "name": FIRST.name}
ALSO_ASKED: Final = {"/v1/compare": {"tools": "ends,ends-too"}}
"""What a read takes no matter what else is asked."""
BEYOND_UTC: Final = ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999-23:59")
TIMES: Final = (
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
    "1969-12-31T23:59:59.999999Z",
    *BEYOND_UTC,
)
NO_OFFSET: Final = "2026-11-22T12:00:00"
NUMBERS: Final = ("-1", "0", str(POSITION_MAX), str(POSITION_MAX + 1), "9" * 400)
CURSORS: Final = tuple(
    urlsafe_b64encode(key.encode()).decode().rstrip("=")
    for key in (
        *TIMES,
        *NUMBERS,
        *(f"{number}/{number}" for number in NUMBERS),
        NO_OFFSET,
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


async def a_batch(caller: Caller) -> str:
    """Rule on one vote; return the batch's id."""
    position = (await caller.vote("ends", fresh("voter"), "ship"))["position"]
    order = {"action": "retract", "reason": "spam", "select": {"positions": [position]}}
    return (await caller.call("POST", BATCHES, role="moderator", json=order)).json()["id"]


@pytest.fixture
async def _known(caller: Caller) -> None:
    """Make two tools and a panelist."""
    await caller.list_tool("ends")
    await caller.list_tool("ends-too")
    await caller.seat("ends")


@pytest.mark.usefixtures("_known")
@pytest.mark.parametrize(("path", "names"), reads())
async def test_an_end_in_a_query_is_taken_or_refused(caller: Caller, path: str, names: list[str]) -> None:
    at = path.format(**KNOWN, id=await a_batch(caller))
    role = "voter" if path.endswith("/vote") else "moderator"
    seen: set[int] = set()
    for name in names:
        for value in (*TIMES, *NUMBERS, *CURSORS):
            asked = {**ALSO_ASKED.get(path, {}), name: value}
            answer = await caller.call("GET", at, role=role, params=asked)
            assert answer.status_code in {200, 400, 404}, (asked, answer.text)
            seen.add(answer.status_code)
    assert seen >= {200, 400}


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
    answer = await caller.call("POST", BATCHES, role="moderator", json=order)
    assert answer.status_code == (400 if value in BEYOND_UTC else 200), answer.text


@pytest.mark.parametrize("path", [BATCHES, "/v1/replays"])
async def test_a_cursor_without_an_offset_was_never_given(caller: Caller, path: str) -> None:
    cursor = urlsafe_b64encode(NO_OFFSET.encode()).decode().rstrip("=")
    refused(await caller.call("GET", path, role="moderator", params={"cursor": cursor}), 400, "bad-parameter")
