"""Scores, histories, changes and leaderboards as they stood, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.service import PROBLEM, REVIEW, Caller, fresh

BATCHES = "/v1/moderation/batches"


async def retract(caller: Caller, **select: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON
    """Retract what is selected."""
    order = {"action": "retract", "select": select, "reason": "fraud"}
    answer = await caller.call("POST", BATCHES, role="moderator", json=order)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def get(caller: Caller, path: str, **asked: object) -> dict[str, Any]:
    """Read something; it has to be there."""
    answer = await caller.call("GET", path, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def voted(caller: Caller, *choices: str, category: str = "hand-tools") -> tuple[str, list[int]]:
    """List a tool and vote on it; return its slug and the votes' positions."""
    tool = fresh()
    await caller.list_tool(tool, category=category)
    return tool, [(await caller.vote(tool, fresh("voter"), choice))["position"] for choice in choices]


async def test_a_score_as_of_a_position_or_a_time_as_published_and_as_corrected(caller: Caller) -> None:
    tool, [first, second] = await voted(caller, "ship", "skip")
    between = (datetime.now(UTC) + timedelta(milliseconds=1)).isoformat()
    batch = await retract(caller, positions=[second])
    path = f"/v1/tools/{tool}/score"

    async def votes(**asked: object) -> tuple[int, int, int]:
        score = await get(caller, path, **asked)
        community = score["community"]
        return community["ship"], community["skip"], score["excluded"]["votes"]

    assert await votes(as_of=first) == (1, 0, 0)
    assert await votes(as_of=second) == (1, 1, 0)
    assert await votes(as_of=second, corrected="true") == (1, 0, 1)
    assert await votes(as_of=second + 1) == (1, 0, 1)
    assert await votes(as_of=between) in {(1, 1, 0), (1, 0, 1)}  # the clocks may differ by a moment
    assert await votes(as_of="9999-12-31T23:59:59.999999Z") == (1, 0, 1)
    assert await votes(as_of="0001-01-01T00:00:00Z", corrected="true") == (0, 0, 0)
    assert (await get(caller, path, as_of=second))["position"] == second
    assert batch["applied"] == 1

    score = await caller.call("GET", path, params={"as_of": second})
    again = await caller.call(
        "GET", path, params={"as_of": second}, headers={"If-None-Match": score.headers["etag"]}
    )
    assert again.status_code == 304


async def test_the_history_shows_both_kinds_of_past(caller: Caller) -> None:
    tool, [_, second] = await voted(caller, "ship", "skip")
    await retract(caller, positions=[second])
    await caller.score(tool, after=second + 1)
    for bucket in ("hour", "day", "week"):
        history = await get(caller, f"/v1/tools/{tool}/history", bucket=bucket)
        assert (history["tool"], history["bucket"], history["next"]) == (tool, bucket, None)
        last = history["items"][-1]
        assert last["published"] == last["corrected"]
        assert last["published"]["community"]["ship"] == 1
        assert last["published"]["excluded"] == {"votes": 1, "by_reason": {"fraud": 1}}
        assert sum(item["votes"] for item in history["items"]) == 2


async def test_changes_say_why_a_number_changed_and_never_who(caller: Caller) -> None:
    tool, [_, second] = await voted(caller, "ship", "skip")
    await retract(caller, positions=[second])
    await caller.score(tool, after=second + 1)
    page = await get(caller, f"/v1/tools/{tool}/changes", limit=1)
    [ruled] = page["items"]
    assert (ruled["kind"], ruled["action"], ruled["reason"], ruled["events"]) == (
        "moderation",
        "retract",
        "fraud",
        1,
    )
    assert (ruled["before"]["community"]["skip"], ruled["after"]["community"]["skip"]) == (1, 0)
    rest = await get(caller, f"/v1/tools/{tool}/changes", cursor=page["next"])
    assert {change["kind"] for change in rest["items"]} == {"votes"}
    assert rest["items"][-1]["before"]["community"]["votes"] == 0
    assert "voter" not in str(rest)
    assert "note" not in ruled


async def test_a_preview_says_what_then_happens_to_scores_ranks_and_verdicts(caller: Caller) -> None:
    category = fresh("category")
    good, places = await voted(caller, *["ship"] * 8, category=category)
    poor, _ = await voted(caller, *["skip"] * 8, category=category)
    order = {"action": "retract", "select": {"positions": places}, "reason": "fraud", "dry_run": True}
    answer = await caller.call("POST", BATCHES, role="moderator", json=order)
    assert answer.status_code == 200
    [effect] = answer.json()["effects"]
    assert (answer.json()["matched"], effect["tool"], effect["rulings"]) == (8, good, 8)
    assert (effect["rank_before"], effect["rank_after"]) == ("1", None)
    assert (effect["verdict_before"], effect["verdict_after"]) == ("ship", None)
    assert effect["before"] | {"position": 0} == await caller.score(good) | {"position": 0}
    board = await get(caller, f"/v1/leaderboards/{category}")
    assert [(row["tool"], row["rank"]) for row in board["items"]] == [(good, "1"), (poor, "2")]

    batch = await retract(caller, positions=places)
    after = await caller.score(good, after=places[-1] + 8 + 8)
    assert effect["after"] | {"position": 0} == after | {"position": 0}
    board = await get(caller, f"/v1/leaderboards/{category}")
    assert [(row["tool"], row["rank"], row["score"]) for row in board["items"]] == [
        (poor, "1", 0.0),
        (good, None, None),
    ]
    then = await get(caller, f"/v1/leaderboards/{category}", as_of=after["position"] - batch["applied"])
    assert [row["tool"] for row in then["items"]] == [good, poor]


async def test_leaderboards_by_panel_and_page_by_page(caller: Caller) -> None:
    category = fresh("category")
    tools = sorted([(await voted(caller, category=category))[0] for _ in range(3)])
    panelist = fresh("dana")
    await caller.seat(panelist)
    review = f"/v1/tools/{tools[1]}/reviews/{panelist}"
    position = (await caller.call("PUT", review, role="admin", json=REVIEW)).json()["position"]
    await caller.score(tools[1], after=position)
    path = f"/v1/leaderboards/{category}"
    board = await get(caller, path, by="panel", limit=2)
    assert [(row["tool"], row["rank"], row["votes"]) for row in board["items"]] == [
        (tools[1], "1", 1),
        (tools[0], None, 0),
    ]
    rest = await get(caller, path, by="panel", limit=2, cursor=board["next"])
    assert ([row["tool"] for row in rest["items"]], rest["next"]) == ([tools[2]], None)
    assert rest["position"] == board["position"]
    assert len((await get(caller, "/v1/leaderboards/all", limit=1000))["items"]) >= 3


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/v1/tools/{tool}/score?as_of=yesterday", "as_of must be"),
        ("/v1/tools/{tool}/score?as_of=2026-11-22T12:00:00", "as_of must be"),
        ("/v1/tools/{tool}/score?as_of=999999999999", "The log ends at"),
        ("/v1/tools/{tool}/score?as_of=1&after=1", "not for both"),
        ("/v1/tools/{tool}/score?corrected=true", "goes with as_of"),
        ("/v1/tools/{tool}/score?as_of=1&corrected=yes", "true or false"),
        ("/v1/tools/{tool}/history?bucket=month", "hour, day, week"),
        ("/v1/tools/{tool}/changes?limit=101", "from 1 to 100"),
        ("/v1/tools/{tool}/changes?cursor=YWJj", "cursor"),
        ("/v1/leaderboards/all?by=chance", "community, panel"),
        ("/v1/leaderboards/all?as_of=-1", "as_of must be"),
        ("/v1/leaderboards/all?cursor=MS9h", "cursor"),
        ("/v1/leaderboards/No%20Slug", "not a slug"),
    ],
)
async def test_a_moment_that_means_nothing_is_refused(path: str, words: str, caller: Caller) -> None:
    tool, _ = await voted(caller)
    answer = await caller.call("GET", path.format(tool=tool))
    assert (answer.status_code, answer.json()["type"]) == (400, f"{PROBLEM}bad-parameter")
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("path", ["score?as_of=1", "history", "changes"])
async def test_a_tool_that_was_never_listed_has_no_past(path: str, caller: Caller) -> None:
    answer = await caller.call("GET", f"/v1/tools/{fresh()}/{path}")
    assert (answer.status_code, answer.json()["type"]) == (404, f"{PROBLEM}unknown-tool")


async def test_a_delisted_tool_keeps_its_past(caller: Caller) -> None:
    tool, [place] = await voted(caller, "ship")
    await caller.call("DELETE", f"/v1/tools/{tool}", role="admin")
    score = await get(caller, f"/v1/tools/{tool}/score", as_of=place)
    assert score["community"]["votes"] == 1
