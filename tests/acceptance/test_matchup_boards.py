"""Leaderboards by matchups, over HTTP."""

import asyncio
from typing import Any

import pytest

from tests.support.service import Caller, fresh, refused

LOOK_S = 0.1
LOOKS_MAX = 200


async def prefer(caller: Caller, winner: str, loser: str, voter: str, **body: str) -> int:
    """Cast a preference; return its position."""
    answer = await caller.client.put(
        f"/v1/matchups/{winner}/{loser}/vote",
        json={"winner": winner, **body},
        headers=caller.service.bearing("voter", voter),
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["position"]


async def board(caller: Caller, category: str, **asked: str | int) -> dict[str, Any]:
    answer = await caller.client.get(f"/v1/leaderboards/{category}", params={"by": "matchups", **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def board_at(caller: Caller, category: str, position: int, **asked: str | int) -> dict[str, Any]:
    """Wait until the live board reflects a position."""
    for _ in range(LOOKS_MAX):
        found = await board(caller, category, **asked)
        if found["position"] >= position:
            return found
        await asyncio.sleep(LOOK_S)
    pytest.fail(f"the board did not reach {position}")


async def test_a_board_by_matchups_follows_what_voters_prefer(caller: Caller) -> None:
    category = fresh("category")
    good, poor, unmet = fresh("good"), fresh("poor"), fresh("unmet")
    for slug in (good, poor, unmet):
        await caller.list_tool(slug, category=category)
    for number in range(9):
        position = await prefer(caller, good, poor, f"voter-{number}")
    position = await prefer(caller, poor, good, "contrary", context="code-review")

    found = await board_at(caller, category, position)
    assert (found["by"], found["context"]) == ("matchups", "overall")
    first, second, last = found["items"]
    assert [row["tool"] for row in (first, second, last)] == [good, poor, unmet]
    assert (first["votes"], second["votes"], last["votes"]) == (10, 10, 0)
    assert (last["rank"], last["score"], last["interval"]) == (None, None, [None, None])
    low, high = first["interval"]
    assert low < first["score"] < high

    code = await board_at(caller, category, position, context="code-review")
    assert [row["votes"] for row in code["items"]] == [1, 1, 0]
    assert {row["rank"] for row in code["items"]} == {None}
    then = await board(caller, category, as_of=position - 1)
    assert {row["tool"]: row["votes"] for row in then["items"]} == {good: 9, poor: 9, unmet: 0}
    page = await board(caller, category, limit=1)
    rest = await board(caller, category, limit=2, cursor=page["next"])
    assert page["items"] + rest["items"] == found["items"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("by=panel&context=overall", "goes with by=matchups"),
        ("by=matchups&context=No%20Slug", "not a slug"),
        ("by=matchups&context=", "not a slug"),
        ("by=elo", "community, panel, matchups"),
    ],
)
async def test_a_board_that_means_nothing_is_refused(query: str, words: str, caller: Caller) -> None:
    answer = await caller.client.get(f"/v1/leaderboards/all?{query}")
    assert words in refused(answer, 400, "bad-parameter")["detail"]
