"""Replays over HTTP: ordered, watched, swapped in, cancelled; and every refusal."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from events.ids import tool_subject
from projections.registry import NAMES
from tests.support.service import Caller, Service, fresh, refused

pytestmark = pytest.mark.usefixtures("no_replay_left")

REPLAYS = "/v1/replays"
NOBODYS = "0198c7a5-0000-4000-8000-000000000000"
LOOKS_MAX = 1_000
LOOK_S = 0.05
FIELDS = {
    *("id", "state", "models", "dry_run", "position", "head", "rate", "seconds_left", "difference"),
    *("error", "created_at", "ended_at", "moderator"),
}


async def moderate(caller: Caller, path: str = "", **body: Any) -> httpx.Response:  # noqa: ANN401 - as JSON
    """Post a replay, or something about one, as a moderator."""
    return await caller.call("POST", f"{REPLAYS}{path}", role="moderator", subject="sam", json=body or None)


async def read(caller: Caller, id_: str) -> dict[str, Any]:
    """Read a replay."""
    answer = await caller.call("GET", f"{REPLAYS}/{id_}", role="moderator")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def stopped(caller: Caller, answer: httpx.Response) -> dict[str, Any]:
    """Wait until a replay that was accepted no longer runs."""
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"{REPLAYS}/{answer.json()['id']}"
    replay = answer.json()
    for _ in range(LOOKS_MAX):
        if (replay := await read(caller, answer.json()["id"]))["state"] != "running":
            return replay
        await asyncio.sleep(LOOK_S)
    message = f"still running: {replay}"
    raise TimeoutError(message)


@pytest.fixture
async def tool(caller: Caller) -> str:
    """List a tool with a vote that is counted."""
    tool = fresh()
    await caller.list_tool(tool)
    position = (await caller.vote(tool, "ann", "ship"))["position"]
    await caller.score(tool, after=position)
    return tool


async def test_everything_is_rebuilt_and_swapped_in(caller: Caller, tool: str) -> None:
    accepted = await caller.call("POST", REPLAYS, role="admin", subject="ada")
    replay = await stopped(caller, accepted)
    assert set(replay) == set(accepted.json()) == FIELDS
    assert (replay["state"], replay["models"], replay["dry_run"]) == ("done", list(NAMES), False)
    assert (replay["error"], replay["seconds_left"], replay["moderator"]) == (None, None, "ada")
    assert replay["position"] == replay["head"] == replay["difference"]["position"]
    assert replay["difference"]["count"] == 0
    assert replay["created_at"] < replay["ended_at"]
    score = await caller.score(tool)
    assert (score["community"]["ship"], score["position"] >= replay["position"]) == (1, True)


async def test_a_dry_run_tells_the_difference_and_waits_for_a_decision(
    caller: Caller, service: Service, tool: str
) -> None:
    async with service.owner() as owner:
        tampering = "UPDATE read.community SET ship = ship + 1000 WHERE subject_id = $1"
        await owner.execute(tampering, tool_subject(tool))
        ready = await stopped(caller, await moderate(caller, models=["community"], dry_run=True))
        assert (ready["state"], ready["models"], ready["ended_at"]) == ("ready", ["community"], None)
        [change] = [one for one in ready["difference"]["items"] if one["tool"] == tool]
        assert (change["model"], change["panelist"]) == ("community", None)
        assert change["before"]["community"][0]["ship"] == 1001
        assert change["after"]["community"][0]["ship"] == 1
        live = "SELECT ship FROM read.community WHERE subject_id = $1"
        assert await owner.fetchval(live, tool_subject(tool)) == 1001

        refused(await moderate(caller, models=["community"]), 409, "replay-going-on")
        refused(await moderate(caller), 409, "replay-going-on")
        done = await stopped(caller, await moderate(caller, f"/{ready['id']}/swap"))
        assert (done["state"], done["dry_run"]) == ("done", True)
        assert await owner.fetchval(live, tool_subject(tool)) == 1
    assert (await caller.score(tool, after=done["position"]))["community"]["ship"] == 1
    for action in ("swap", "cancel"):
        refused(await moderate(caller, f"/{ready['id']}/{action}"), 409, "replay-ended")


async def test_a_cancelled_replay_changes_nothing(caller: Caller, service: Service) -> None:
    ready = await stopped(caller, await moderate(caller, models=["reviews"], dry_run=True))
    answer = await moderate(caller, f"/{ready['id']}/cancel")
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert answer.json()["ended_at"] is not None
    refused(await moderate(caller, f"/{ready['id']}/swap"), 409, "replay-ended")
    async with service.owner() as owner:
        assert await owner.fetchval("SELECT to_regnamespace('rebuild_reviews')") is None
    assert (await stopped(caller, await moderate(caller, models=["reviews"])))["state"] == "done"


async def test_a_replay_is_swapped_in_only_once_it_is_ready(caller: Caller, service: Service) -> None:
    async with service.owner() as owner, owner.transaction():
        await owner.execute("SELECT pg_advisory_xact_lock(7320, 3)")  # it cannot compare
        accepted = await moderate(caller, models=["community"], dry_run=True)
        refused(await moderate(caller, f"/{accepted.json()['id']}/swap"), 409, "replay-running")
    assert (await stopped(caller, accepted))["state"] == "ready"


async def test_a_stream_tells_of_every_step_and_ends(caller: Caller, tool: str) -> None:
    assert tool
    accepted = await moderate(caller, models=["community", "reviews"])
    headers = caller.service.bearing("moderator")
    path = f"{accepted.headers['location']}/stream"
    async with caller.client.stream("GET", path, headers=headers) as answer:
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream")
        text = "".join([part async for part in answer.aiter_text()])
    told = [event for event in text.split("\n\n") if event.startswith("id: ")]
    ids = [event.split("\n")[0] for event in told]
    documents = [json.loads(event.split("\n")[1].removeprefix("data: ")) for event in told]
    assert [f"id: {document['position']}" for document in documents] == ids
    assert all(set(document) == FIELDS for document in documents)
    assert documents[-1] == await read(caller, accepted.json()["id"])
    assert documents[-1]["state"] == "done"
    positions = [document["position"] for document in documents]
    assert positions == sorted(positions)


async def test_the_same_idempotency_key_means_the_same_replay(caller: Caller) -> None:
    headers = {"Idempotency-Key": uuid4().hex}
    asked: dict[str, Any] = {"models": ["catalogue"], "dry_run": True}
    first, again = [
        await caller.call("POST", REPLAYS, role="moderator", json=asked, headers=headers) for _ in range(2)
    ]
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]
    other = await caller.call(
        "POST", REPLAYS, role="moderator", json={**asked, "dry_run": False}, headers=headers
    )
    refused(other, 422, "idempotency-key-reused")


async def test_replays_are_listed_newest_first(caller: Caller) -> None:
    ids = [(await stopped(caller, await moderate(caller, models=["reviews"])))["id"] for _ in range(2)]
    page = (await caller.call("GET", REPLAYS, role="moderator", params={"limit": 1})).json()
    assert [replay["id"] for replay in page["items"]] == ids[1:]
    more = {"limit": 1, "cursor": page["next"]}
    following = await caller.call("GET", REPLAYS, role="moderator", params=more)
    assert [replay["id"] for replay in following.json()["items"]] == ids[:1]
    answer = await caller.call("GET", f"{REPLAYS}/{ids[0]}", role="moderator")
    unchanged = {"If-None-Match": answer.headers["etag"]}
    again = await caller.call("GET", f"{REPLAYS}/{ids[0]}", role="moderator", headers=unchanged)
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("body", "type_", "complaint"),
    [
        ({"models": ["nonsense"]}, "unknown-model", "known: catalogue"),
        ({"models": ["community", "a\0b"]}, "unknown-model", "known: catalogue"),
        ({"models": []}, "bad-body", "$.models"),
        ({"models": "community"}, "bad-body", "$.models"),
        ({"dry_run": 1}, "bad-body", "$.dry_run"),
        ({"dryrun": True}, "bad-body", "dryrun"),
    ],
)
async def test_an_order_that_means_nothing_is_refused(
    body: dict[str, Any], type_: str, complaint: str, caller: Caller
) -> None:
    answer = await caller.call("POST", REPLAYS, role="moderator", json=body)
    assert complaint in refused(answer, 400, type_)["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status", "type_"),
    [
        ("GET", "?cursor=YWJj", 400, "bad-parameter"),
        ("GET", "?limit=0", 400, "bad-parameter"),
        ("GET", "?model=community", 400, "bad-parameter"),
        ("GET", "/nothing", 400, "bad-parameter"),
        ("GET", f"/{NOBODYS}", 404, "unknown-replay"),
        ("GET", f"/{NOBODYS}/stream", 404, "unknown-replay"),
        ("POST", f"/{NOBODYS}/swap", 404, "unknown-replay"),
        ("POST", f"/{NOBODYS}/cancel", 404, "unknown-replay"),
    ],
)
async def test_what_is_not_there_is_named(
    method: str, path: str, status: int, type_: str, caller: Caller
) -> None:
    refused(await caller.call(method, REPLAYS + path, role="moderator"), status, type_)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", ""),
        ("GET", ""),
        *[("GET", f"/{NOBODYS}{more}") for more in ("", "/stream")],
        *[("POST", f"/{NOBODYS}{more}") for more in ("/swap", "/cancel")],
    ],
)
async def test_replays_are_for_moderators(method: str, path: str, caller: Caller) -> None:
    assert (await caller.call(method, REPLAYS + path)).status_code == 401
    for role in ("voter", "panelist", "service"):
        refused(await caller.call(method, REPLAYS + path, role=role), 403, "wrong-role")
