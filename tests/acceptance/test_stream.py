"""Scores as they change, over HTTP: whole documents, the newest last, nothing lost between two streams."""

import asyncio
from typing import Any

import httpx
import pytest

from service.live.scores import PACE_S
from tests.support.service import REVIEW, Caller, Service, done, fresh, position_of, refused
from tests.support.streams import PATH, Ear, Score


async def listed(caller: Caller, number: int = 1) -> list[str]:
    """List so many tools, and wait until their scores can be read."""
    tools = [fresh() for _ in range(number)]
    positions = await asyncio.gather(*(caller.list_tool(tool) for tool in tools))
    await caller.score(tools[0], after=max(positions))
    return tools


def but_its_position(score: Score) -> Score:
    return {name: value for name, value in score.items() if name != "position"}


async def ask(client: httpx.AsyncClient, query: str, **headers: str) -> httpx.Response:
    """Open a stream, and leave it as soon as its head is there."""
    async with client.stream("GET", f"{PATH}?{query}", headers=headers) as answer:
        if answer.status_code != 200:
            await answer.aread()
        return answer


async def test_a_stream_begins_with_the_score_of_every_tool(service: Service, caller: Caller) -> None:
    tools = await listed(caller, 3)
    position = (await caller.vote(tools[1], fresh("ann"), "ship"))["position"]
    scores = {tool: but_its_position(await caller.score(tool, after=position)) for tool in tools}
    async with Ear(service, *tools) as ear:
        await ear.hear(tools[1], after=position)
    assert {score["tool"]: but_its_position(score) for score in ear.heard} == scores
    assert ear.ids == [str(score["position"]) for score in ear.heard]


async def test_every_change_is_told_by_the_whole_score(service: Service, caller: Caller) -> None:
    (tool,) = await listed(caller)
    voter = fresh("ann")
    async with Ear(service, tool) as ear:
        for choice in ("ship", "skip", None, "ship"):
            position = (await caller.vote(tool, voter, choice))["position"]
            told = await ear.hear(tool, after=position)
            assert but_its_position(told) == but_its_position(await caller.score(tool, after=position))
            assert told["community"]["votes"] == (choice is not None)


async def test_a_retraction_and_its_revert_are_told(service: Service, caller: Caller) -> None:
    (tool,) = await listed(caller)
    positions = [(await caller.vote(tool, fresh("ann"), "ship"))["position"] for _ in range(3)]
    order = {"action": "retract", "select": {"positions": positions[:2]}, "reason": "fraud", "note": ""}
    async with Ear(service, tool) as ear:
        await ear.hear(tool, after=positions[2])
        batches = "/v1/moderation/batches"
        headers = {"Prefer": "wait=10"}
        batch = (await caller.call("POST", batches, role="moderator", json=order, headers=headers)).json()
        await ear.until(lambda: ear.heard[-1]["excluded"] == {"votes": 2, "by_reason": {"fraud": 2}})
        assert ear.heard[-1]["community"]["votes"] == 1
        revert = f"{batches}/{batch['id']}/revert"
        await caller.call("POST", revert, role="moderator", json={"reason": "mistake", "note": ""})
        await ear.until(lambda: ear.heard[-1]["excluded"] == {"votes": 0, "by_reason": {}})
        assert ear.heard[-1]["community"]["votes"] == 3


async def test_a_review_is_told_up_to_its_own_position(service: Service, caller: Caller) -> None:
    (tool,) = await listed(caller)
    panelist = fresh("dana")
    await caller.seat(panelist)
    path = f"/v1/tools/{tool}/reviews/{panelist}"
    async with Ear(service, tool) as ear:
        reviewed = position_of(await caller.call("PUT", path, role="admin", json=REVIEW))
        assert (await ear.hear(tool, after=reviewed))["panel"] == {"ship": 1, "skip": 0, "share": 1.0}
        withdrawn = position_of(await caller.call("DELETE", path, role="admin"))
        assert (await ear.hear(tool, after=withdrawn))["panel"] == {"ship": 0, "skip": 0, "share": None}


async def test_only_what_changed_is_told_again(service: Service, caller: Caller) -> None:
    tool, other, silent = await listed(caller, 3)
    async with Ear(service, tool, other, silent) as ear:
        for each in (tool, other, tool):
            await ear.hear(each, after=(await caller.vote(each, fresh("ann"), "ship"))["position"])
        repeated = fresh("bob")
        votes = [await caller.vote(other, repeated, "ship") for _ in range(3)]
        await ear.hear(other, after=votes[-1]["position"])
    assert [len(ear.of(each)) for each in (tool, other, silent)] == [3, 3, 1]


async def test_many_votes_are_told_in_few_documents_and_the_last_one_always(
    service: Service, caller: Caller
) -> None:
    (tool,) = await listed(caller)
    loop = asyncio.get_running_loop()
    async with Ear(service, tool) as ear:
        start = loop.time()
        votes = [await caller.vote(tool, fresh("ann"), "ship") for _ in range(150)]
        await ear.hear(tool, after=votes[-1]["position"])
        told = ear.of(tool)[1:]
        assert len(told) <= (loop.time() - start) / PACE_S + 2
    positions = [vote["position"] for vote in votes]
    assert [score["community"]["votes"] for score in told] == [
        sum(position <= score["position"] for position in positions) for score in told
    ]
    assert told[-1]["community"]["votes"] == 150


async def test_ids_never_descend(service: Service, caller: Caller) -> None:
    tools = await listed(caller, 5)
    async with Ear(service, *tools) as ear:
        votes = [await caller.vote(tool, fresh("ann"), "skip") for tool in 12 * tools]
        await ear.hear(tools[-1], after=votes[-1]["position"])
    positions = [int(id_) for id_ in ear.ids]
    assert positions == sorted(positions)


async def test_who_comes_again_learns_what_changed_meanwhile(service: Service, caller: Caller) -> None:
    tools = await listed(caller, 3)
    async with Ear(service, *tools) as ear:
        await ear.hear(tools[0], after=(await caller.vote(tools[0], fresh("ann"), "ship"))["position"])
    missed = [(await caller.vote(tool, fresh("bob"), "skip"))["position"] for tool in tools[:2]]
    async with Ear(service, *tools, last_id=ear.ids[-1]) as again:
        for tool, position in zip(tools[:2], missed, strict=True):
            assert (await again.hear(tool, after=position))["community"]["skip"] == 1


async def test_who_comes_again_is_never_shown_what_was_before(service: Service, caller: Caller) -> None:
    (tool,) = await listed(caller)
    for number in range(1, 21):
        position = (await caller.vote(tool, fresh("ann"), "ship"))["position"]
        await caller.score(tool, after=position)
        async with Ear(service, tool, last_id=str(position)) as ear:
            assert ear.heard[0]["position"] >= position
            assert ear.heard[0]["community"]["votes"] == number


@pytest.mark.parametrize("last_id", ["", "abc", "-1", "1.5", "0x1f", "9" * 40, str(2**63 - 1), "a" * 9_000])
async def test_a_last_id_that_never_was_is_no_obstacle(
    service: Service, caller: Caller, last_id: str
) -> None:
    (tool,) = await listed(caller)
    async with Ear(service, tool, last_id=last_id) as ear:
        position = (await caller.vote(tool, fresh("ann"), "ship"))["position"]
        assert (await ear.hear(tool, after=position))["community"]["votes"] == 1


async def test_everyone_may_listen_and_nobody_in_between_holds_anything_back(
    client: httpx.AsyncClient, caller: Caller
) -> None:
    (tool,) = await listed(caller)
    answer = await ask(client, f"tools={tool}", **{"Accept-Encoding": "gzip, br"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/event-stream"
    assert answer.headers["cache-control"] == "no-cache, no-transform"
    assert answer.headers["x-accel-buffering"] == "no"
    assert "content-encoding" not in answer.headers
    assert "content-length" not in answer.headers


async def test_a_hundred_tools_are_followed_and_no_more(service: Service, caller: Caller) -> None:
    tools = await listed(caller, 100)
    async with Ear(service, *tools) as ear:
        assert {score["tool"] for score in ear.heard} == set(tools)
        for tool in (tools[0], tools[-1]):
            position = (await caller.vote(tool, fresh("ann"), "ship"))["position"]
            assert (await ear.hear(tool, after=position))["community"]["ship"] == 1
    answer = await caller.call("GET", PATH, params={"tools": ",".join([*tools, fresh()])})
    refused(answer, 400, "bad-parameter")


async def test_a_tool_named_twice_is_told_once(service: Service, caller: Caller) -> None:
    (tool,) = await listed(caller)
    async with Ear(service, tool, tool) as ear:
        await ear.hear(tool, after=(await caller.vote(tool, fresh("ann"), "ship"))["position"])
    assert len(ear.heard) == 2


@pytest.mark.parametrize(
    "query",
    [
        "",
        "tools=",
        "tools={tool},",
        "tools={tool},,{tool}",
        "tools={tool}&tools={tool}",
        "tools={tool}&after=1",
        "tools={tool},Hammer",
        "tools={tool},a b",
        "tools=" + "a" * 81,
        "tools={tool};{tool}",
        "Tools={tool}",
        "tools=-a",
        "tools=%00",
        "tools={tool}&ratings=",
        "ratings=Code review",
    ],
)
async def test_a_stream_refuses_what_it_does_not_understand(caller: Caller, query: str) -> None:
    (tool,) = await listed(caller)
    refused(await caller.call("GET", f"{PATH}?{query.format(tool=tool)}"), 400, "bad-parameter")


async def test_a_stream_of_an_unknown_tool_is_refused_and_names_it(caller: Caller) -> None:
    (tool,) = await listed(caller)
    unknown = fresh()
    answer = await caller.call("GET", PATH, params={"tools": f"{tool},{unknown}"})
    assert unknown in refused(answer, 404, "unknown-tool")["detail"]


async def test_a_tool_delisted_meanwhile_falls_silent_and_the_others_go_on(
    service: Service, caller: Caller
) -> None:
    tool, other = await listed(caller, 2)
    async with Ear(service, tool, other) as ear:
        delisted = position_of(await caller.call("DELETE", f"/v1/tools/{tool}", role="admin"))
        position = (await caller.vote(other, fresh("ann"), "ship"))["position"]
        await ear.hear(other, after=max(delisted, position))
        refused(await caller.call("GET", PATH, params={"tools": f"{tool},{other}"}), 404, "unknown-tool")
        await caller.list_tool(tool)
        position = (await caller.vote(tool, fresh("ann"), "ship"))["position"]
        assert (await ear.hear(tool, after=position))["community"]["votes"] == 1
        assert ear.streams == 1


async def test_the_head_of_a_stream_can_be_asked_for_alone(client: httpx.AsyncClient, caller: Caller) -> None:
    (tool,) = await listed(caller)
    answer = await client.head(PATH, params={"tools": tool})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "text/event-stream"
    assert done(await client.get(f"/v1/tools/{tool}/score"))["tool"] == tool


async def test_the_schema_names_the_stream_with_an_example(caller: Caller) -> None:
    operation: dict[str, Any] = (await caller.call("GET", "/schema")).json()["paths"][PATH]["get"]
    assert operation["responses"]["200"]["content"]["text/event-stream"]["example"].startswith("retry: ")
    assert [(each["name"], each["in"], each["required"]) for each in operation["parameters"]] == [
        ("tools", "query", False),
        ("ratings", "query", False),
        ("Last-Event-ID", "header", False),
    ]
