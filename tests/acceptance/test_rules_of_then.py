"""Readers go on reading while rules are adopted: everything is made by the rule of its position."""

import asyncio
from collections.abc import AsyncGenerator, Generator

import pytest

from tests.support.rulebook import NEW, OLD, adopt, calling, get, own_service, voted
from tests.support.service import Caller, Service, fresh

LOOKS_MAX, LOOK_S = 200, 0.05
CONNECTIONS = 12
"""So many at once reach both of the API processes."""


@pytest.fixture(scope="module")
def service() -> Generator[Service]:
    """A service of this module's own."""
    with own_service() as service:
        yield service


@pytest.fixture
async def caller(service: Service) -> AsyncGenerator[Caller]:
    """The short ways to call it."""
    async with calling(service) as caller:
        yield caller


async def test_a_score_is_made_by_the_rule_that_was_current_at_its_position(caller: Caller) -> None:
    tool, before = await voted(caller, *["ship"] * 6)
    path = f"/v1/tools/{tool}/score"
    first = await get(caller, path, after=before)
    adopted = await adopt(caller, NEW)
    second = await get(caller, path, after=adopted)
    back = await adopt(caller, OLD)
    third = await get(caller, path, after=back)
    assert [score["rule"] for score in (first, second, third)] == [OLD, NEW, OLD]
    assert first["community"]["interval"] == third["community"]["interval"] == [0.6097, 1.0]
    assert second["community"]["interval"] == [0.4749, 1.0]
    for score in (first, second, third):
        assert await get(caller, path, as_of=score["position"]) == score
        assert await get(caller, path, as_of=score["position"], corrected="true") == score
    assert (await get(caller, path, as_of=adopted - 1))["rule"] == OLD
    assert (await get(caller, path, as_of=adopted))["rule"] == NEW


async def test_adopting_a_rule_gives_a_score_another_etag(caller: Caller) -> None:
    tool, position = await voted(caller, "ship")
    path = f"/v1/tools/{tool}/score"
    tags: list[str] = []
    for rule in (OLD, NEW, OLD):
        position = max(position, await adopt(caller, rule))
        answer = await caller.call("GET", path, params={"after": position})
        tags.append(answer.headers["etag"])
        headers = {"If-None-Match": tags[0]}
        again = await caller.call("GET", path, params={"after": position}, headers=headers)
        assert again.status_code == (304 if rule == OLD else 200)
    assert tags[0] == tags[2] != tags[1]


async def test_every_process_drops_the_scores_that_it_keeps(caller: Caller) -> None:
    tool, position = await voted(caller, "ship")

    async def rules() -> set[str]:
        scores = await asyncio.gather(*(caller.score(tool) for _ in range(CONNECTIONS)))
        return {score["rule"] for score in scores}

    await caller.score(tool, after=position)
    assert await rules() == {OLD}
    await adopt(caller, NEW)
    for _ in range(LOOKS_MAX):
        if await rules() == {NEW}:
            return
        await asyncio.sleep(LOOK_S)
    pytest.fail("a process still shows the score by the rule before")


async def test_history_and_changes_keep_the_rule_of_then(caller: Caller) -> None:
    tool, _ = await voted(caller, *["ship"] * 6)
    await adopt(caller, NEW)
    await caller.vote(tool, "late", "ship")
    await adopt(caller, OLD)
    position = (await caller.vote(tool, "later", "ship"))["position"]
    retract = {"action": "retract", "select": {"positions": [position]}, "reason": "fraud"}
    answer = await caller.call("POST", "/v1/moderation/batches", role="moderator", json=retract)
    assert answer.json()["applied"] == 1
    await caller.score(tool, after=position + 1)
    [item] = (await get(caller, f"/v1/tools/{tool}/history", bucket="week"))["items"]
    assert (item["rule"], item["position"]) == (OLD, position + 1)
    score = await get(caller, f"/v1/tools/{tool}/score", as_of=item["position"])
    assert item["published"]["community"] == score["community"]
    for change in (await get(caller, f"/v1/tools/{tool}/changes"))["items"]:
        for score in (change["before"], change["after"]):
            assert await get(caller, f"/v1/tools/{tool}/score", as_of=score["position"]) == score


async def test_a_leaderboard_is_made_by_one_rule_on_all_its_pages(caller: Caller) -> None:
    category = fresh("category")
    tools = [(await voted(caller, *["ship"] * 6, category=category))[0] for _ in range(3)]
    path = f"/v1/leaderboards/{category}"
    position = await adopt(caller, NEW)
    await caller.score(tools[0], after=position)
    page = await get(caller, path, limit=1)
    assert (page["rule"], page["position"]) == (NEW, position)
    await caller.score(tools[0], after=await adopt(caller, OLD))
    rest = await get(caller, path, limit=5, cursor=page["next"])
    assert (rest["rule"], rest["position"]) == (NEW, position)
    assert {row["rank"] for row in (*page["items"], *rest["items"])} == {None}
    now = await get(caller, path)
    assert (now["rule"], {row["rank"] for row in now["items"]}) == (OLD, {"1-3"})
    then = await get(caller, path, as_of=position)
    assert then["items"] == [*page["items"], *rest["items"]]
    assert (await get(caller, path, as_of=position - 1))["items"] == now["items"]


async def test_a_comparison_is_made_by_the_rule_of_its_position(caller: Caller) -> None:
    (one, _), (other, position) = await voted(caller, *["ship"] * 6), await voted(caller, *["skip"] * 6)
    path = f"/v1/compare/{one}/{other}"
    await caller.score(one, after=position)
    before = await get(caller, path)
    await caller.score(one, after=await adopt(caller, NEW))
    after = await get(caller, path)
    assert (before["rule"], before["crowd"]["leader"]) == (OLD, one)
    assert (after["rule"], after["crowd"]["leader"]) == (NEW, None)
    assert {score["rule"] for score in after["scores"]} == {NEW}
    assert await get(caller, path, as_of=before["position"]) == before
