"""A voter's own vote over HTTP, one request or many at once."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from events.ids import tool_subject
from tests.support.service import Caller, Service, done, fresh, refused

CROWD = 200


async def set_up(caller: Caller) -> tuple[str, str]:
    """List a tool; name a voter."""
    tool = fresh()
    await caller.list_tool(tool)
    return tool, fresh("ann")


async def own_vote(caller: Caller, tool: str, voter: str) -> dict[str, object]:
    return done(await caller.call("GET", f"/v1/tools/{tool}/vote", role="voter", subject=voter))


async def choices_in_log(service: Service, tool: str) -> list[str | None]:
    """Read the vote events of a tool: the choice, or None for a withdrawal."""
    async with service.owner() as owner:
        rows = await owner.fetch(
            "SELECT data ->> 'choice' AS choice FROM log.events"
            " WHERE subject_id = $1 AND type LIKE 'Vote%' ORDER BY position",
            tool_subject(tool),
        )
    return [row["choice"] for row in rows]


async def test_a_vote_is_counted(caller: Caller) -> None:
    tool, voter = await set_up(caller)
    cast = await caller.vote(tool, voter, "ship")
    assert cast["changed"] is True
    score = await caller.score(tool, after=cast["position"])
    assert score["community"] | {"interval": None} == {
        "ship": 1,
        "skip": 0,
        "votes": 1,
        "share": 1.0,
        "interval": None,
    }


async def test_repeating_a_vote_changes_nothing(caller: Caller) -> None:
    tool, voter = await set_up(caller)
    cast = await caller.vote(tool, voter, "ship")
    assert await caller.vote(tool, voter, "ship") == {"position": cast["position"], "changed": False}


async def test_a_changed_mind_counts_once(caller: Caller) -> None:
    tool, voter = await set_up(caller)
    await caller.vote(tool, voter, "ship")
    cast = await caller.vote(tool, voter, "skip")
    community = (await caller.score(tool, after=cast["position"]))["community"]
    assert (community["ship"], community["skip"], community["votes"]) == (0, 1, 1)


async def test_a_withdrawn_vote_counts_no_longer_and_can_be_cast_again(caller: Caller) -> None:
    tool, voter = await set_up(caller)
    await caller.vote(tool, voter, "ship")
    withdrawn = await caller.vote(tool, voter, None)
    assert withdrawn["changed"] is True
    assert (await caller.score(tool, after=withdrawn["position"]))["community"]["votes"] == 0
    assert await caller.vote(tool, voter, None) == {"position": withdrawn["position"], "changed": False}
    assert (await caller.vote(tool, voter, "ship"))["changed"] is True


async def test_a_voter_reads_their_own_vote_at_once(caller: Caller) -> None:
    tool, voter = await set_up(caller)
    assert await own_vote(caller, tool, voter) == {"choice": None, "position": None}
    cast = await caller.vote(tool, voter, "skip")
    assert await own_vote(caller, tool, voter) == {"choice": "skip", "position": cast["position"]}
    await caller.vote(tool, voter, None)
    assert await own_vote(caller, tool, voter) == {"choice": None, "position": None}


async def test_a_voter_does_not_see_anothers_vote(caller: Caller) -> None:
    tool, voter = await set_up(caller)
    await caller.vote(tool, voter, "ship")
    assert (await own_vote(caller, tool, fresh("bob")))["choice"] is None


async def test_the_log_does_not_hold_the_account(service: Service, caller: Caller) -> None:
    tool, voter = await set_up(caller)
    await caller.vote(tool, voter, "ship")
    async with service.owner() as owner:
        events = await owner.fetchval("SELECT string_agg(e::text, '') FROM log.events e")
    assert tool in events
    assert voter not in events


@pytest.mark.parametrize("method", ["PUT", "DELETE", "GET"])
async def test_a_vote_on_an_unknown_tool_is_refused(caller: Caller, method: str) -> None:
    more: dict[str, Any] = {"json": {"choice": "ship"}} if method == "PUT" else {}
    answer = await caller.call(method, f"/v1/tools/{fresh()}/vote", role="voter", **more)
    refused(answer, 404, "unknown-tool")


async def test_200_identical_votes_at_once_are_one_event(service: Service, caller: Caller) -> None:
    tool, voter = await set_up(caller)
    answers = await asyncio.gather(*(caller.vote(tool, voter, "ship") for _ in range(CROWD)))
    assert Counter(answer["changed"] for answer in answers) == {True: 1, False: CROWD - 1}
    assert len({answer["position"] for answer in answers}) == 1
    assert await choices_in_log(service, tool) == ["ship"]


async def test_200_voters_at_once_are_200_votes(caller: Caller) -> None:
    tool, _ = await set_up(caller)
    voters = [fresh("ann") for _ in range(CROWD)]
    answers = await asyncio.gather(
        *(caller.vote(tool, voter, ("ship", "skip")[n % 2]) for n, voter in enumerate(voters))
    )
    assert len({answer["position"] for answer in answers}) == CROWD
    last = max(answer["position"] for answer in answers)
    community = (await caller.score(tool, after=last))["community"]
    assert (community["ship"], community["skip"]) == (CROWD // 2, CROWD // 2)


async def test_one_voter_toggling_over_many_connections_ends_as_the_log_says(
    service: Service, caller: Caller
) -> None:
    tool, voter = await set_up(caller)
    wanted = ["ship", "skip", None] * (CROWD // 3)
    answers = await asyncio.gather(*(caller.vote(tool, voter, choice) for choice in wanted))
    log = await choices_in_log(service, tool)
    assert len(log) == sum(answer["changed"] for answer in answers)
    assert all(before != after for before, after in zip([None, *log], log, strict=False))
    last = max(answer["position"] for answer in answers)
    community = (await caller.score(tool, after=last))["community"]
    expected = {"ship": int(log[-1] == "ship"), "skip": int(log[-1] == "skip")}
    assert {name: community[name] for name in expected} == expected
    assert (await own_vote(caller, tool, voter))["choice"] == log[-1]


async def test_an_idempotency_key_sent_50_times_at_once_is_one_event_and_one_answer(
    service: Service, caller: Caller
) -> None:
    tool, voter = await set_up(caller)
    answers = await asyncio.gather(
        *(
            caller.call(
                "PUT",
                f"/v1/tools/{tool}/vote",
                role="voter",
                subject=voter,
                json={"choice": "ship"},
                headers={"Idempotency-Key": "once"},
            )
            for _ in range(50)
        )
    )
    assert len({answer.content for answer in answers}) == 1
    assert done(answers[0])["changed"] is True
    assert await choices_in_log(service, tool) == ["ship"]


async def test_a_late_retry_under_a_key_does_not_overwrite_a_newer_vote(caller: Caller) -> None:
    tool, voter = await set_up(caller)
    path = f"/v1/tools/{tool}/vote"
    headers = {"Idempotency-Key": fresh()}
    asker: dict[str, Any] = {"role": "voter", "subject": voter}
    first = await caller.call("PUT", path, json={"choice": "ship"}, headers=headers, **asker)
    await caller.vote(tool, voter, "skip")
    retry = await caller.call("PUT", path, json={"choice": "ship"}, headers=headers, **asker)
    assert done(retry) == done(first)
    assert (await own_vote(caller, tool, voter))["choice"] == "skip"


async def test_a_key_used_for_another_request_is_refused(caller: Caller) -> None:
    tool, voter = await set_up(caller)
    path = f"/v1/tools/{tool}/vote"
    headers = {"Idempotency-Key": fresh()}
    asker: dict[str, Any] = {"role": "voter", "subject": voter, "headers": headers}
    done(await caller.call("PUT", path, json={"choice": "ship"}, **asker))
    other_body = await caller.call("PUT", path, json={"choice": "skip"}, **asker)
    refused(other_body, 422, "idempotency-key-reused")
    refused(await caller.call("DELETE", path, **asker), 422, "idempotency-key-reused")
    assert (await own_vote(caller, tool, voter))["choice"] == "ship"


async def test_a_refusal_is_remembered_under_its_key_too(caller: Caller) -> None:
    tool, headers = fresh(), {"Idempotency-Key": fresh()}
    more: dict[str, Any] = {"role": "voter", "json": {"choice": "ship"}, "headers": headers}
    first = await caller.call("PUT", f"/v1/tools/{tool}/vote", **more)
    await caller.list_tool(tool)
    retry = await caller.call("PUT", f"/v1/tools/{tool}/vote", **more)
    assert refused(retry, 404, "unknown-tool") == refused(first, 404, "unknown-tool")


async def test_a_key_belongs_to_whoever_sent_it(caller: Caller) -> None:
    tool, voter = await set_up(caller)
    more: dict[str, Any] = {
        "role": "voter",
        "json": {"choice": "ship"},
        "headers": {"Idempotency-Key": fresh()},
    }
    for subject in (voter, fresh("bob")):
        answer = await caller.call("PUT", f"/v1/tools/{tool}/vote", subject=subject, **more)
        assert done(answer)["changed"] is True
