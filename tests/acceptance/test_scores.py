"""The score over HTTP: its shape, waiting for a position, and revalidation."""

import asyncio
from typing import Any

import pytest

from tests.support.service import REVIEW, Caller, done, fresh, position_of, refused


async def listed(caller: Caller) -> tuple[str, int]:
    tool = fresh()
    return tool, await caller.list_tool(tool)


async def test_a_tool_without_votes_has_no_share_and_knows_nothing(caller: Caller) -> None:
    tool, position = await listed(caller)
    score = await caller.score(tool, after=position)
    assert score.pop("position") >= position
    assert score == {
        "tool": tool,
        "rule": "2026-11",
        "panel": {"ship": 0, "skip": 0, "share": None},
        "community": {"ship": 0, "skip": 0, "votes": 0, "share": None, "interval": [0.0, 1.0]},
        "excluded": {"votes": 0, "by_reason": {}},
    }


async def test_after_waits_until_the_vote_is_counted_in(caller: Caller) -> None:
    tool, _ = await listed(caller)
    for number in range(1, 21):
        cast = await caller.vote(tool, fresh("ann"), "ship")
        score = await caller.score(tool, after=cast["position"])
        assert score["position"] >= cast["position"]
        assert score["community"]["ship"] == number


async def test_waiting_for_a_tool_just_listed_finds_it(caller: Caller) -> None:
    tool, position = await listed(caller)
    assert (await caller.score(tool, after=position))["tool"] == tool


async def test_a_hundred_who_wait_at_once_all_see_what_they_waited_for(caller: Caller) -> None:
    tool, _ = await listed(caller)

    async def vote_and_look() -> bool:
        cast = await caller.vote(tool, fresh("ann"), "ship")
        return (await caller.score(tool, after=cast["position"]))["position"] >= cast["position"]

    assert all(await asyncio.gather(*(vote_and_look() for _ in range(100))))
    position = (await caller.vote(tool, fresh("ann"), "skip"))["position"]
    community = (await caller.score(tool, after=position))["community"]
    assert (community["ship"], community["skip"]) == (100, 1)


async def test_a_position_beyond_the_head_is_waited_for_only_so_long(caller: Caller) -> None:
    tool, _ = await listed(caller)
    answer = await caller.call("GET", f"/v1/tools/{tool}/score?after={2**63 - 1}")
    refused(answer, 503, "not-caught-up")
    assert answer.headers["retry-after"] == "1"


@pytest.mark.parametrize(
    "query",
    [
        "after=-1",
        "after=x",
        "after=",
        "after=1.5",
        f"after={2**63}",
        "after=" + "9" * 5_000,
        "after=%D9%A1",
        "after=1&after=1",
        "colour=red",
        "After=1",
        "after%00=1",
    ],
)
async def test_a_score_refuses_a_parameter_that_it_does_not_understand(caller: Caller, query: str) -> None:
    tool, _ = await listed(caller)
    refused(await caller.call("GET", f"/v1/tools/{tool}/score?{query}"), 400, "bad-parameter")


async def test_who_has_the_current_score_is_not_sent_it_again(caller: Caller) -> None:
    tool, position = await listed(caller)
    path = f"/v1/tools/{tool}/score?after={position}"
    etag = (await caller.call("GET", path)).headers["etag"]
    for value in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        answer = await caller.call("GET", path, headers={"If-None-Match": value})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == etag
    assert (await caller.call("GET", path, headers={"If-None-Match": '"other"'})).status_code == 200


async def test_a_score_has_a_new_etag_when_it_changed_and_only_then(caller: Caller) -> None:
    (tool, _), (other, _) = await listed(caller), await listed(caller)
    voter = fresh("ann")

    async def etag_after(position: int) -> str:
        answer = await caller.call("GET", f"/v1/tools/{tool}/score?after={position}")
        assert done(answer)["position"] >= position
        return answer.headers["etag"]

    first = await etag_after((await caller.vote(tool, voter, "ship"))["position"])
    assert await etag_after((await caller.vote(other, voter, "ship"))["position"]) == first
    assert await etag_after((await caller.vote(tool, voter, "ship"))["position"]) == first
    second = await etag_after((await caller.vote(tool, voter, "skip"))["position"])
    assert second != first
    panelist = fresh("dana")
    await caller.seat(panelist)
    path = f"/v1/tools/{tool}/reviews/{panelist}"
    reviewed = position_of(await caller.call("PUT", path, role="admin", json=REVIEW))
    assert await etag_after(reviewed) not in {first, second}


@pytest.mark.parametrize("path", ["/v1/tools", "/v1/tools/{tool}", "/v1/tools/{tool}/reviews"])
async def test_every_public_read_can_be_revalidated(caller: Caller, path: str) -> None:
    tool = fresh()
    await caller.score(tool, after=await caller.list_tool(tool, category=tool))
    address = path.format(tool=tool) + (f"?category={tool}" if path == "/v1/tools" else "")
    answer = await caller.call("GET", address)
    again = await caller.call("GET", address, headers={"If-None-Match": answer.headers["etag"]})
    assert (answer.status_code, again.status_code, again.content) == (200, 304, b"")


async def test_a_voters_own_vote_can_be_revalidated(caller: Caller) -> None:
    tool, _ = await listed(caller)
    voter = fresh("ann")
    await caller.vote(tool, voter, "ship")
    asker: dict[str, Any] = {"role": "voter", "subject": voter}
    path = f"/v1/tools/{tool}/vote"
    etag = (await caller.call("GET", path, **asker)).headers["etag"]
    headers = {"If-None-Match": etag}
    assert (await caller.call("GET", path, headers=headers, **asker)).status_code == 304
    await caller.vote(tool, voter, "skip")
    assert (await caller.call("GET", path, headers=headers, **asker)).status_code == 200


async def test_each_tool_has_a_score_of_its_own(caller: Caller) -> None:
    (tool, _), (other, _) = await listed(caller), await listed(caller)
    position = (await caller.vote(tool, fresh("ann"), "ship"))["position"]
    assert (await caller.score(other, after=position))["community"]["votes"] == 0
