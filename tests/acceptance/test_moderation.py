"""Moderators over HTTP: the log, batches of rulings, their outcomes, reverting; and every refusal."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.support.ruling_desk import batch_at
from tests.support.service import PROBLEM, TOOL, Caller

BATCHES = "/v1/moderation/batches"
NOBODYS = "0198c7a5-0000-4000-8000-000000000000"


async def moderate(caller: Caller, path: str = "", **body: Any) -> httpx.Response:  # noqa: ANN401 - as JSON
    """Post a batch, or something about one, as a moderator."""
    return await caller.call("POST", f"{BATCHES}{path}", role="moderator", subject="sam", json=body)


async def voted(caller: Caller, *choices: tuple[str, str]) -> tuple[str, list[int]]:
    """List a tool and cast votes on it; return its slug and the votes' positions."""
    tool = f"tool-{uuid4().hex}"
    await caller.call("PUT", f"/v1/tools/{tool}", role="admin", json=TOOL)
    positions: list[int] = []
    for voter, choice in choices:
        answer = await caller.call(
            "PUT", f"/v1/tools/{tool}/vote", role="voter", subject=voter, json={"choice": choice}
        )
        positions.append(answer.json()["position"])
    return tool, positions


async def events(caller: Caller, **asked: object) -> list[dict[str, Any]]:
    """Read events as a moderator."""
    answer = await caller.call("GET", "/v1/events", role="moderator", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_a_retraction_and_its_revert_from_order_to_outcome(caller: Caller) -> None:
    tool, [ann, ben] = await voted(caller, ("ann", "ship"), ("ben", "ship"))
    answer = await moderate(
        caller, action="retract", select={"positions": [ann]}, reason="fraud", note="Same hour, same words"
    )
    batch = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{BATCHES}/{batch['id']}"
    assert {name: batch[name] for name in ("action", "state", "matched", "applied", "unchanged")} == {
        "action": "retract",
        "state": "done",
        "matched": 1,
        "applied": 1,
        "unchanged": 0,
    }
    assert (batch["moderator"], batch["reason"], batch["note"]) == ("sam", "fraud", "Same hour, same words")
    listed, first, second, ruling = await events(caller, tool=tool)
    assert (listed["type"], listed["standing"], listed["voter"]) == ("ToolListed", "counts", None)
    assert (first["standing"], second["standing"], second["position"]) == ("retracted", "counts", ben)
    assert (ruling["type"], ruling["voter"], ruling["tool"], ruling["standing"]) == (
        "EventRetracted",
        None,
        tool,
        "counts",
    )
    assert ruling["data"] == {
        "target": ann,
        "batch": batch["id"],
        "reason": "fraud",
        "note": "Same hour, same words",
    }
    own = await caller.call("GET", f"/v1/tools/{tool}/vote", role="voter", subject="ann")
    assert own.json() == {"choice": None, "position": None}

    seen = (await caller.call("GET", f"{BATCHES}/{batch['id']}", role="moderator")).json()
    assert seen["events"] == {
        "items": [{"position": ann, "outcome": "applied", "ruling": ruling["position"]}],
        "next": None,
    }
    undone = await caller.call("POST", f"{BATCHES}/{batch['id']}/revert", role="moderator")
    assert (undone.status_code, undone.json()["action"], undone.json()["reverts"]) == (
        201,
        "reinstate",
        batch["id"],
    )
    own = await caller.call("GET", f"/v1/tools/{tool}/vote", role="voter", subject="ann")
    assert own.json() == {"choice": "ship", "position": ann}
    rulings = await events(caller, tool=tool, type="EventRetracted")
    assert [event["standing"] for event in rulings] == ["superseded"]
    assert [event["type"] for event in await events(caller, batch=undone.json()["id"])] == ["EventReinstated"]


async def test_events_are_paged_in_order_and_filtered(caller: Caller) -> None:
    tool, places = await voted(caller, *[(f"voter-{number}", "skip") for number in range(5)])
    assert [event["position"] for event in await events(caller, tool=tool, type="VoteCast")] == places
    assert [event["position"] for event in await events(caller, tool=tool, after=places[2])] == places[3:]
    page = (
        await caller.call("GET", "/v1/events", role="moderator", params={"tool": tool, "limit": 4})
    ).json()
    assert [event["position"] for event in page["items"]] == [places[0] - 1, *places[:3]]
    rest = await events(caller, tool=tool, cursor=page["next"])
    assert [event["position"] for event in rest] == places[3:]
    voter = rest[0]["voter"]
    assert [event["position"] for event in await events(caller, tool=tool, voter=voter)] == places[3:4]
    assert await events(caller, voter=str(uuid4())) == []


async def test_a_large_batch_is_given_by_the_workers(caller: Caller) -> None:
    tool, _ = await voted(caller)
    lines = "".join(f'{{"tool": "{tool}", "voter": "v{n}", "choice": "ship"}}\n' for n in range(1_500))
    await caller.call("POST", "/v1/votes", role="service", content=lines)
    asked = {"action": "retract", "select": {"tool": tool}, "reason": "spam"}
    answer = await caller.call("POST", BATCHES, role="moderator", json=asked)
    assert (answer.status_code, answer.json()["state"]) == (202, "running")
    refused = await moderate(caller, f"/{answer.json()['id']}/revert")
    if refused.status_code == 409:  # unless the workers were faster
        assert refused.json()["type"] == f"{PROBLEM}batch-running"
    asked["action"] = "reinstate"
    waited = await caller.call("POST", BATCHES, role="moderator", json=asked, headers={"Prefer": "wait=30"})
    assert (waited.status_code, waited.json()["state"], waited.json()["matched"]) == (201, "done", 1_500)
    first = await batch_at(caller, answer.headers["location"].removeprefix("/v1"))
    assert (first["state"], first["applied"] + first["unchanged"]) == ("done", 1_500)


async def test_a_small_batch_is_left_to_the_workers_if_the_client_prefers(caller: Caller) -> None:
    _, [place] = await voted(caller, ("ann", "ship"))
    asked = {"action": "retract", "select": {"positions": [place]}, "reason": "spam"}
    answer = await caller.call(
        "POST", BATCHES, role="moderator", json=asked, headers={"Prefer": "respond-async"}
    )
    assert (answer.status_code, answer.json()["applied"]) == (202, 0)
    asked["action"] = "reinstate"
    answer = await caller.call(
        "POST", BATCHES, role="moderator", json=asked, headers={"Prefer": "respond-async, wait=30"}
    )
    assert (answer.status_code, answer.json()["state"]) == (201, "done")


async def test_the_same_idempotency_key_means_the_same_batch(caller: Caller) -> None:
    _, [place] = await voted(caller, ("ann", "ship"))
    headers = {"Idempotency-Key": uuid4().hex}
    asked: dict[str, Any] = {"action": "retract", "select": {"positions": [place]}, "reason": "spam"}
    first, again = [
        await caller.call("POST", BATCHES, role="moderator", json=asked, headers=headers) for _ in range(2)
    ]
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = await caller.call(
        "POST", BATCHES, role="moderator", json={**asked, "reason": "legal"}, headers=headers
    )
    assert (other.status_code, other.json()["type"]) == (422, f"{PROBLEM}idempotency-key-reused")


async def test_batches_are_listed_newest_first(caller: Caller) -> None:
    _, places = await voted(caller, ("ann", "ship"), ("ben", "ship"))
    for place in places:
        await moderate(caller, action="retract", select={"positions": [place]}, reason="other", note="n")
    page = (await caller.call("GET", BATCHES, role="moderator", params={"limit": 1})).json()
    assert page["items"][0]["select"] == {"positions": [places[1]]}
    following = await caller.call(
        "GET", BATCHES, role="moderator", params={"limit": 1, "cursor": page["next"]}
    )
    assert following.json()["items"][0]["select"] == {"positions": [places[0]]}


GOOD: dict[str, Any] = {"action": "retract", "select": {"tool": "gpt-5-mini"}, "reason": "spam"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"action": "delete"}, "$.action"),
        ({"reason": "because"}, "$.reason"),
        ({"note": "a\0b"}, "$.note"),
        ({"select": {}}, "Say which events"),
        ({"select": {"positions": []}}, "$.select.positions"),
        ({"select": {"positions": [-1]}}, "$.select.positions[0]"),
        ({"select": {"positions": [1], "tool": "a"}}, "nothing else"),
        ({"select": {"tool": "Not A Slug"}}, "$.select.tool"),
        ({"select": {"voter": "ann"}}, "$.select.voter"),
        ({"select": {"type": "ToolListed"}}, "$.select.type"),
        ({"select": {"from": "yesterday"}}, "$.select.from"),
        ({"select": {"from": "2026-11-22T12:00:00"}}, "$.select.from"),
        ({"select": {"before": 3}}, "before"),
        ({"dryrun": True}, "dryrun"),
    ],
)
async def test_an_order_that_means_nothing_is_refused(
    change: dict[str, Any], complaint: str, caller: Caller
) -> None:
    answer = await moderate(caller, **{**GOOD, **change})
    assert (answer.status_code, answer.json()["type"]) == (400, f"{PROBLEM}bad-body")
    assert complaint in answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status", "type_"),
    [
        ("GET", "/v1/events?type=Nothing", 400, "bad-parameter"),
        ("GET", "/v1/events?voter=ann", 400, "bad-parameter"),
        ("GET", "/v1/events?batch=1", 400, "bad-parameter"),
        ("GET", "/v1/events?limit=1001", 400, "bad-parameter"),
        ("GET", "/v1/events?cursor=YWJj", 400, "bad-parameter"),
        ("GET", f"{BATCHES}?cursor=YWJj", 400, "bad-parameter"),
        ("GET", f"{BATCHES}/nothing", 400, "bad-parameter"),
        ("GET", f"{BATCHES}/{NOBODYS}", 404, "unknown-batch"),
        ("POST", f"{BATCHES}/{NOBODYS}/revert", 404, "unknown-batch"),
        ("POST", f"{BATCHES}/{NOBODYS}/cancel", 404, "unknown-batch"),
    ],
)
async def test_what_is_not_there_is_named(
    method: str, path: str, status: int, type_: str, caller: Caller
) -> None:
    answer = await caller.call(method, path, role="moderator")
    assert (answer.status_code, answer.json()["type"]) == (status, f"{PROBLEM}{type_}")


async def test_what_has_ended_cannot_be_cancelled(caller: Caller) -> None:
    batch = (await moderate(caller, action="retract", select={"tool": "no-such-tool"}, reason="spam")).json()
    assert (batch["state"], batch["matched"]) == ("done", 0)
    answer = await caller.call("POST", f"{BATCHES}/{batch['id']}/cancel", role="moderator")
    assert (answer.status_code, answer.json()["type"]) == (409, f"{PROBLEM}batch-ended")


@pytest.mark.parametrize("path", [BATCHES, "/v1/events", f"{BATCHES}/{NOBODYS}"])
async def test_moderation_is_for_moderators(path: str, caller: Caller) -> None:
    assert (await caller.call("GET", path)).status_code == 401
    for role in ("voter", "panelist", "service"):
        answer = await caller.call("GET", path, role=role)
        assert (answer.status_code, answer.json()["type"]) == (403, f"{PROBLEM}wrong-role")
    assert (await caller.call("POST", BATCHES, role="voter", json=GOOD)).status_code == 403
