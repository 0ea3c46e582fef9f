"""One event cannot be folded: operators, moderators and readers each see it."""

from typing import Any

import httpx
import msgspec
import pytest

from events.ids import tool_subject
from tests.support.bad_events import spoil
from tests.support.importing import environment_of
from tests.support.logs import list_tool, open_writer, write
from tests.support.raw_log import Owner
from tests.support.service import Caller, done, fresh, refused
from tests.support.up import ostraka
from tests.support.votes import ship

SET_ASIDE = "/v1/moderation/set-aside"


async def found(caller: Caller, tool: str) -> dict[str, Any] | None:
    """Look through the list's pages for a tool."""
    cursor: str | None = ""
    while cursor is not None:
        answer = await caller.call(
            "GET",
            SET_ASIDE,
            role="moderator",
            params={"limit": 1, "cursor": cursor} if cursor else {"limit": 1},
        )
        page = done(answer)
        for item in page["items"]:
            if item["tool"] == tool:
                return item
        cursor = page["next"]
    return None


async def metric(client: httpx.AsyncClient, name: str) -> float:
    """Read a metric without labels."""
    lines = (await client.get("/metrics")).text.splitlines()
    return float(next(line for line in lines if line.startswith(f"{name} ")).split()[1])


async def test_a_bad_event_is_told_to_everybody_and_stops_its_own_tool_alone(
    caller: Caller, client: httpx.AsyncClient
) -> None:
    bad, good = fresh(), fresh()
    await caller.list_tool(bad)
    await caller.list_tool(good)
    first = (await caller.vote(bad, "ann", "ship"))["position"]
    await caller.score(bad, after=first)
    async with caller.service.owner() as owner:
        await spoil(owner, first, "schema = 7")
        # As the check for drift would do.
        await owner.execute(
            "INSERT INTO read.set_aside (subject_id, position, type, error) VALUES ($1, $2, 'VoteCast', '?')",
            tool_subject(bad),
            first,
        )
    subject = str(tool_subject(bad))
    retried = done(await caller.call("POST", f"{SET_ASIDE}/{subject}/retry", role="moderator"))
    assert retried["set_aside"]["position"] == first
    assert "schema 7" in retried["set_aside"]["error"]

    after = (await caller.vote(bad, "bob", "ship"))["position"]
    last = (await caller.vote(good, "bob", "ship"))["position"]
    assert (await caller.score(good, after=last))["community"]["ship"] == 1
    assert (await caller.score(bad, after=after))["community"]["ship"] == 0

    item = await found(caller, bad)
    assert item is not None
    assert (item["subject"], item["position"], item["type"]) == (subject, first, "VoteCast")
    assert item["since"] < item["retry_at"]
    assert await metric(client, "ostraka_subjects_set_aside") >= 1
    assert await metric(client, "ostraka_drift_total") >= 0
    ready = done(await client.get("/health/ready"))
    assert ready["ready"]
    assert ready["set_aside"] >= 1

    events = done(await caller.call("GET", "/v1/events", role="moderator", params={"tool": bad}))["items"]
    told = {event["position"]: event for event in events}
    assert told[first]["data"] == {"choice": "ship"}
    assert "schema 7" in told[first]["error"]
    assert "error" not in told[after]

    async with caller.service.owner() as owner:
        await spoil(owner, first, "schema = 1")
    retried = done(await caller.call("POST", f"{SET_ASIDE}/{subject}/retry", role="admin"))
    assert retried == {"subject": subject, "set_aside": None}
    assert (await caller.score(bad))["community"]["ship"] == 2
    assert await found(caller, bad) is None
    refused(await caller.call("POST", f"{SET_ASIDE}/{subject}/retry", role="moderator"), 404, "not-set-aside")


@pytest.mark.parametrize("subject", ["0", "x", "-1", "9223372036854775808", "²", "1" * 5_000])
async def test_only_what_is_set_aside_can_be_tried_again(caller: Caller, subject: str) -> None:
    answer = await caller.call("POST", f"{SET_ASIDE}/{subject}/retry", role="moderator")
    refused(answer, 404, "not-set-aside")


async def test_it_is_for_moderators(caller: Caller) -> None:
    for method, path in (("GET", SET_ASIDE), ("POST", f"{SET_ASIDE}/1/retry")):
        refused(await caller.call(method, path), 401, "not-signed-in")
        refused(await caller.call(method, path, role="voter"), 403, "wrong-role")


@pytest.mark.parametrize(
    ("change", "data"),
    [
        ("schema = 7", {"choice": "ship"}),
        ("data = '[1, true]'", [1, True]),
        ("type = 'VoteDreamt'", {"choice": "ship"}),
    ],
)
async def test_an_export_goes_on_past_an_event_that_cannot_be_read(
    change: str, data: object, database_url: str, valkey_url: str, owner: Owner
) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer"), ship("ann"), ship("bob"))
    await spoil(owner, 2, f"{change}, recorded_at = '20000-01-01', occurred_at = 'infinity'")
    result = ostraka("export", "events", env=environment_of(database_url, valkey_url))
    assert result.returncode == 0, result.stderr
    lines: list[dict[str, Any]] = [msgspec.json.decode(line) for line in result.stdout.splitlines()]
    assert [line["position"] for line in lines] == [1, 2, 3]
    assert ["error" in line for line in lines] == [False, True, False]
    assert (lines[1]["data"], lines[1]["occurred_at"]) == (data, "infinity")
    assert lines[1]["recorded_at"] == "20000-01-01T00:00:00.000000Z"
