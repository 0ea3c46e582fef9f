"""A voter's own preference in a matchup over HTTP, and every refusal."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from tests.support.service import Caller, done, fresh, refused

CROWD = 100


async def listed(caller: Caller) -> tuple[str, str]:
    """List two tools; return their slugs in alphabetical order."""
    a, b = fresh("a"), fresh("b")
    await caller.list_tool(a)
    await caller.list_tool(b)
    return a, b


async def own(caller: Caller, a: str, b: str, voter: str, **asked: str) -> dict[str, Any]:
    """Read a voter's own preference."""
    path = f"/v1/matchups/{a}/{b}/vote"
    return done(await caller.call("GET", path, role="voter", subject=voter, params=asked))


async def test_a_preference_is_one_of_the_two_tools_or_neither_and_is_read_at_once(caller: Caller) -> None:
    a, b = await listed(caller)
    for winner in (a, b, "tie"):
        voter = fresh("ann")
        assert await own(caller, a, b, voter) == {"winner": None, "context": "overall", "position": None}
        cast = await caller.prefer(a, b, voter, winner)
        assert cast["changed"] is True
        assert await own(caller, a, b, voter) == {
            "winner": winner,
            "context": "overall",
            "position": cast["position"],
        }


async def test_repeating_a_preference_changes_nothing(caller: Caller) -> None:
    a, b = await listed(caller)
    cast = await caller.prefer(a, b, "ann", a)
    assert await caller.prefer(a, b, "ann", a) == {"position": cast["position"], "changed": False}


async def test_it_is_the_same_matchup_whichever_tool_is_named_first(caller: Caller) -> None:
    a, b = await listed(caller)
    cast = await caller.prefer(a, b, "ann", b)
    assert await caller.prefer(b, a, "ann", b) == {"position": cast["position"], "changed": False}
    assert await own(caller, b, a, "ann") == await own(caller, a, b, "ann")
    assert (await caller.prefer(b, a, "ann", a))["changed"] is True
    assert (await own(caller, a, b, "ann"))["winner"] == a


async def test_a_withdrawn_preference_is_gone_and_can_be_cast_again(caller: Caller) -> None:
    a, b = await listed(caller)
    await caller.prefer(a, b, "ann", "tie")
    withdrawn = await caller.prefer(b, a, "ann", None)
    assert withdrawn["changed"] is True
    assert (await own(caller, a, b, "ann"))["winner"] is None
    assert await caller.prefer(a, b, "ann", None) == {"position": withdrawn["position"], "changed": False}
    assert (await caller.prefer(a, b, "ann", "tie"))["changed"] is True


async def test_a_voter_has_a_preference_in_each_context(caller: Caller) -> None:
    a, b = await listed(caller)
    await caller.prefer(a, b, "ann", a)
    await caller.prefer(a, b, "ann", b, "code-review")
    assert (await own(caller, a, b, "ann"))["winner"] == a
    assert (await own(caller, a, b, "ann", context="overall"))["winner"] == a
    assert (await own(caller, a, b, "ann", context="code-review"))["winner"] == b
    await caller.prefer(a, b, "ann", None, "code-review")
    assert (await own(caller, a, b, "ann"))["winner"] == a
    assert (await own(caller, a, b, "ann", context="code-review"))["winner"] is None


async def test_without_a_context_the_overall_one_is_meant(caller: Caller) -> None:
    a, b = await listed(caller)
    path, asker = f"/v1/matchups/{a}/{b}/vote", {"role": "voter", "subject": "ann"}
    cast = done(await caller.call("PUT", path, json={"winner": a}, **asker))
    assert await caller.prefer(a, b, "ann", a, "overall") == {**cast, "changed": False}
    assert done(await caller.call("DELETE", path, **asker))["changed"] is True


async def test_many_voters_at_once_are_as_many_preferences(caller: Caller) -> None:
    a, b = await listed(caller)
    winners = [(a, b, "tie")[n % 3] for n in range(CROWD)]
    pairs = [(a, b), (b, a)]
    answers = await asyncio.gather(
        *(caller.prefer(*pairs[n % 2], fresh("ann"), winner) for n, winner in enumerate(winners))
    )
    assert len({answer["position"] for answer in answers}) == CROWD
    found = await caller.matchup(a, b, after=max(answer["position"] for answer in answers))
    wanted = Counter(winners)
    assert (found["left_wins"], found["right_wins"], found["ties"]) == (wanted[a], wanted[b], wanted["tie"])


async def test_one_preference_sent_many_times_at_once_from_both_sides_is_one_event(caller: Caller) -> None:
    a, b = await listed(caller)
    answers = await asyncio.gather(
        *(caller.prefer(*((a, b) if n % 2 else (b, a)), "ann", "tie") for n in range(CROWD))
    )
    assert Counter(answer["changed"] for answer in answers) == {True: 1, False: CROWD - 1}
    assert len({answer["position"] for answer in answers}) == 1


async def test_a_late_retry_under_a_key_does_not_overwrite_a_newer_preference(caller: Caller) -> None:
    a, b = await listed(caller)
    more: dict[str, Any] = {"role": "voter", "subject": "ann", "headers": {"Idempotency-Key": fresh()}}
    path = f"/v1/matchups/{a}/{b}/vote"
    first = await caller.call("PUT", path, json={"winner": a}, **more)
    await caller.prefer(a, b, "ann", b)
    assert done(await caller.call("PUT", path, json={"winner": a}, **more)) == done(first)
    assert (await own(caller, a, b, "ann"))["winner"] == b
    other = await caller.call("PUT", path, json={"winner": "tie"}, **more)
    refused(other, 422, "idempotency-key-reused")


async def test_a_key_of_one_context_is_refused_for_another(caller: Caller) -> None:
    a, b = await listed(caller)
    for context in ("overall", "code-review"):
        await caller.prefer(a, b, "ann", a, context)
    more: dict[str, Any] = {"role": "voter", "subject": "ann", "headers": {"Idempotency-Key": fresh()}}
    path = f"/v1/matchups/{a}/{b}/vote"
    done(await caller.call("DELETE", path, params={"context": "overall"}, **more))
    other = await caller.call("DELETE", path, params={"context": "code-review"}, **more)
    refused(other, 422, "idempotency-key-reused")
    assert (await own(caller, a, b, "ann", context="code-review"))["winner"] == a


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"winner":null}',
        b'{"winner":1}',
        b'{"winner":"tie","context":null}',
        b'{"winner":"tie","context":""}',
        b'{"winner":"tie","context":"Code Review"}',
        b'{"winner":"tie","context":"-review"}',
        b'{"winner":"tie","context":"%s"}' % (b"x" * 81),
        b'{"winner":"tie","context":"a\\u0000"}',
        b'{"winner":"tie","at":"2026-11-22T12:00:00Z"}',
        b'{"choice":"ship"}',
        b'{"winner":NaN}',
    ],
    ids=lambda body: repr(body[:40]),
)
async def test_a_body_that_is_no_preference_is_refused(caller: Caller, body: bytes) -> None:
    a, b = await listed(caller)
    answer = await caller.call("PUT", f"/v1/matchups/{a}/{b}/vote", role="voter", content=body)
    refused(answer, 400, "bad-body")


@pytest.mark.parametrize("winner", ["", "TIE", "left", "neither", "x" * 1_000, "a\0b", "\u202e"])
async def test_a_winner_outside_of_the_pair_is_refused(caller: Caller, winner: str) -> None:
    a, b = await listed(caller)
    path, other = f"/v1/matchups/{a}/{b}/vote", fresh("c")
    await caller.list_tool(other)
    for each in (winner, other):
        answer = await caller.call("PUT", path, role="voter", subject="ann", json={"winner": each})
        refused(answer, 400, "bad-winner")
    assert (await own(caller, a, b, "ann"))["position"] is None


@pytest.mark.parametrize("method", ["PUT", "DELETE", "GET"])
async def test_a_pair_that_is_none_is_refused(caller: Caller, method: str) -> None:
    a, _ = await listed(caller)
    more: dict[str, Any] = {"role": "voter"}
    if method == "PUT":
        more["json"] = {"winner": a}
    for pair in (f"{a}/{a}", f"{a}/tie", f"tie/{a}", "tie/tie"):
        refused(await caller.call(method, f"/v1/matchups/{pair}/vote", **more), 400, "bad-matchup")
    for pair in (f"{a}/Upper", f"no_slug/{a}", f"{a}/{'x' * 81}"):
        refused(await caller.call(method, f"/v1/matchups/{pair}/vote", **more), 400, "bad-parameter")
    unlisted = fresh("z")
    for pair in (f"{a}/{unlisted}", f"{unlisted}/{a}"):
        problem = refused(await caller.call(method, f"/v1/matchups/{pair}/vote", **more), 404, "unknown-tool")
        assert unlisted in problem["detail"]


@pytest.mark.parametrize("method", ["DELETE", "GET"])
async def test_a_context_that_is_no_slug_is_refused_and_so_is_any_other_parameter(
    caller: Caller, method: str
) -> None:
    a, b = await listed(caller)
    path = f"/v1/matchups/{a}/{b}/vote"
    for query in ("context=", "context=Code%20Review", "context=a&context=b", "contexts=a", "winner=a"):
        refused(await caller.call(method, f"{path}?{query}", role="voter"), 400, "bad-parameter")


async def test_the_context_of_a_new_preference_stands_in_the_body(caller: Caller) -> None:
    a, b = await listed(caller)
    path = f"/v1/matchups/{a}/{b}/vote?context=code-review"
    refused(await caller.call("PUT", path, role="voter", json={"winner": a}), 400, "bad-parameter")


async def test_a_delisted_tool_takes_no_preferences(caller: Caller) -> None:
    a, b = await listed(caller)
    await caller.prefer(a, b, "ann", a)
    done(await caller.call("DELETE", f"/v1/tools/{b}", role="admin"))
    path = f"/v1/matchups/{a}/{b}/vote"
    refused(await caller.call("PUT", path, role="voter", json={"winner": b}), 404, "unknown-tool")
    refused(await caller.call("DELETE", path, role="voter", subject="ann"), 404, "unknown-tool")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "GET"])
async def test_preferences_are_for_voters(caller: Caller, method: str) -> None:
    a, b = await listed(caller)
    more: dict[str, Any] = {"json": {"winner": a}} if method == "PUT" else {}
    path = f"/v1/matchups/{a}/{b}/vote"
    refused(await caller.call(method, path, **more), 401, "not-signed-in")
    for role in ("panelist", "service", "moderator", "admin"):
        refused(await caller.call(method, path, role=role, **more), 403, "wrong-role")


async def test_the_log_does_not_hold_the_account(caller: Caller) -> None:
    a, b = await listed(caller)
    voter = fresh("ann")
    await caller.prefer(a, b, voter, a)
    async with caller.service.owner() as owner:
        events = await owner.fetchval("SELECT string_agg(e::text, '') FROM log.events AS e")
    assert a in events
    assert voter not in events
