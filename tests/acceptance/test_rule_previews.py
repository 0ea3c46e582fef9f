"""The preview of a rule over HTTP, and the changes that its adoption then makes."""

from collections.abc import AsyncGenerator, Generator
from typing import Any

import pytest

from tests.support.rulebook import NEW, OLD, RULES, adopt, calling, get, own_service, voted
from tests.support.service import REVIEW, Caller, Service, fresh, position_of


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


async def test_a_preview_says_what_adopting_then_changes(caller: Caller) -> None:
    category = fresh("category")
    flipped, _ = await voted(caller, *["ship"] * 6, category=category)
    same, _ = await voted(caller, *["ship"] * 30, category=category)
    poor, position = await voted(caller, *["skip"] * 30, category=category)
    unvoted = fresh()
    panelist = fresh("dana")
    await caller.seat(panelist)
    review = f"/v1/tools/{same}/reviews/{panelist}"
    position = position_of(await caller.call("PUT", review, role="admin", json=REVIEW))
    position = await caller.list_tool(unvoted, category=category)
    before = {tool: await caller.score(tool, after=position) for tool in (flipped, same, poor, unvoted)}
    board_before = await ranks(caller, category)

    path = f"{RULES}/{NEW}/preview"
    preview = await get(caller, path, "moderator", category=category)
    assert (preview["rule"], preview["against"], preview["category"]) == (NEW, OLD, category)
    assert (preview["tools"], preview["verdicts"], preview["next"]) == (4, 1, None)
    effects = {item["tool"]: item for item in preview["items"]}
    assert [preview["items"][0]["tool"], effects.keys()] == [flipped, before.keys()]
    verdicts = (effects[flipped]["verdict_before"], effects[flipped]["verdict_after"])
    assert verdicts == ("ship", "too close to call")
    [week] = preview["weeks"]
    assert (week["verdicts"], week["flips"]) == (3, 1)
    told = {"start": week["start"], "until": None, "before": "ship", "after": "too close to call"}
    assert [item["flips"] for item in effects.values()] == [[told], [], [], []]
    paged = await pages(caller, path, category=category, limit=1)
    assert paged == preview["items"]

    await caller.score(same, after=await adopt(caller, NEW))
    board_after = await ranks(caller, category)
    for tool, effect in effects.items():
        assert said(effect["before"]) == said(before[tool])
        assert said(effect["after"]) == said(await caller.score(tool))
        assert (effect["rank_before"], effect["rank_after"]) == (board_before[tool], board_after[tool])
    assert preview["ranks"] == sum(board_before[tool] != board_after[tool] for tool in effects)
    nothing = await get(caller, path, "admin", category=category)
    assert (nothing["against"], nothing["verdicts"], nothing["ranks"]) == (NEW, 0, 0)
    back = await get(caller, f"{RULES}/{OLD}/preview", "admin", category=category)
    assert (back["against"], back["verdicts"]) == (NEW, 1)
    assert (await get(caller, path, "admin", category=category, against=OLD))["items"] == [
        {**item, **positions(item, back["position"])} for item in preview["items"]
    ]


def said(score: dict[str, Any]) -> dict[str, Any]:
    """Return what a score says, wherever it is exact."""
    return {**score, "position": 0}


def positions(item: dict[str, Any], position: int) -> dict[str, Any]:
    return {name: {**item[name], "position": position} for name in ("before", "after")}


async def ranks(caller: Caller, category: str) -> dict[str, str | None]:
    board = await get(caller, f"/v1/leaderboards/{category}")
    return {row["tool"]: row["rank"] for row in board["items"]}


async def pages(caller: Caller, path: str, **asked: object) -> list[dict[str, Any]]:
    """Read all pages of a preview."""
    found = await get(caller, path, "moderator", **asked)
    items = found["items"]
    while found["next"] is not None:
        found = await get(caller, path, "moderator", **asked, cursor=found["next"])
        items += found["items"]
    return items
