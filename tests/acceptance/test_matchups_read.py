"""The crowd's preferences between two tools: `GET /v1/matchups/{a}/{b}`, now and as it was."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.service import Caller, done, fresh, refused

BATCHES = "/v1/moderation/batches"


async def listed(caller: Caller) -> tuple[str, str, int]:
    """List two tools; return their slugs in alphabetical order, and the position of the last."""
    a, b = fresh("a"), fresh("b")
    await caller.list_tool(a)
    return a, b, await caller.list_tool(b)


async def preferred(caller: Caller, a: str, b: str, *winners: str, context: str = "overall") -> list[int]:
    """Cast preferences by voters of their own; return their positions."""
    cast = [await caller.prefer(a, b, fresh("voter"), winner, context) for winner in winners]
    return [each["position"] for each in cast]


async def retract(caller: Caller, *positions: int, reason: str = "fraud") -> int:
    """Retract what stands at these positions; return the position of the last ruling at least."""
    order = {"action": "retract", "select": {"positions": positions}, "reason": reason}
    answer = await caller.call("POST", BATCHES, role="moderator", json=order)
    assert (answer.status_code, answer.json()["applied"]) == (201, len(positions)), answer.text
    [*_, last] = done(
        await caller.call("GET", "/v1/events", role="moderator", params={"batch": answer.json()["id"]})
    )["items"]
    return last["position"]


def context_of(document: dict[str, Any], name: str) -> dict[str, Any]:
    """Return one context of a matchup."""
    return next(each for each in document["contexts"] if each["context"] == name)


async def test_a_pair_that_nobody_voted_on_has_no_share(caller: Caller) -> None:
    a, b, position = await listed(caller)
    found = await caller.matchup(a, b, after=position)
    assert found.pop("position") >= position
    assert found == {
        "left": a,
        "right": b,
        "left_wins": 0,
        "right_wins": 0,
        "ties": 0,
        "votes": 0,
        "share": None,
        "contexts": [],
    }


async def test_it_tells_wins_ties_and_shares_by_context_and_in_total(caller: Caller) -> None:
    a, b, _ = await listed(caller)
    await preferred(caller, a, b, a, a, b, "tie", context="summarising")
    await preferred(caller, a, b, a, context="code-review")
    [*_, spam, last] = await preferred(caller, a, b, b, b, "tie")
    last = max(await retract(caller, last), await retract(caller, spam, reason="spam"))
    found = await caller.matchup(a, b, after=last)
    nothing: dict[str, Any] = {"votes": 0, "by_reason": {}}
    numbers = ("left_wins", "right_wins", "ties", "votes", "share")
    assert [found[name] for name in numbers] == [3, 2, 1, 6, 0.5833]
    assert [each["context"] for each in found["contexts"]] == ["code-review", "overall", "summarising"]
    wanted = {
        "code-review": ([1, 0, 0, 1, 1.0], nothing),
        "overall": ([0, 1, 0, 1, 0.0], {"votes": 2, "by_reason": {"fraud": 1, "spam": 1}}),
        "summarising": ([2, 1, 1, 4, 0.625], nothing),
    }
    for name, (counts, excluded) in wanted.items():
        context = context_of(found, name)
        assert [context[each] for each in numbers] == counts
        assert context["excluded"] == excluded


async def test_both_addresses_answer_the_same_document(caller: Caller) -> None:
    a, b, _ = await listed(caller)
    [place] = await preferred(caller, b, a, b)
    here, there = [await caller.matchup(*pair, as_of=place) for pair in ((a, b), (b, a))]
    assert here == there
    assert (here["left"], here["right"], here["right_wins"], here["share"]) == (a, b, 1, 0.0)


async def test_a_changed_mind_counts_once_and_a_withdrawn_one_not_at_all(caller: Caller) -> None:
    a, b, _ = await listed(caller)
    await caller.prefer(a, b, "ann", a)
    place = (await caller.prefer(a, b, "ann", b))["position"]
    found = await caller.matchup(a, b, after=place)
    assert (found["left_wins"], found["right_wins"], found["votes"]) == (0, 1, 1)
    place = (await caller.prefer(a, b, "ann", None))["position"]
    found = await caller.matchup(a, b, after=place)
    assert (found["votes"], found["share"], found["contexts"]) == (0, None, [])


async def test_it_shows_both_kinds_of_past_by_position_and_by_time(caller: Caller) -> None:
    a, b, _ = await listed(caller)
    first, second = await preferred(caller, a, b, a, b)
    ruled = await retract(caller, second)

    async def wins(**asked: object) -> tuple[int, int, int]:
        found = await caller.matchup(a, b, **asked)
        excluded = [each["excluded"]["votes"] for each in found["contexts"]]
        return found["left_wins"], found["right_wins"], sum(excluded)

    assert await wins(as_of=first - 1) == (0, 0, 0)
    assert await wins(as_of=first) == (1, 0, 0)
    assert await wins(as_of=second) == (1, 1, 0)
    assert await wins(as_of=second, corrected="true") == (1, 0, 1)
    assert await wins(as_of=second, corrected="false") == (1, 1, 0)
    assert await wins(as_of=ruled) == (1, 0, 1)
    assert await wins(as_of=datetime.now(UTC).isoformat()) in {(1, 1, 0), (1, 0, 1)}  # clocks may differ
    assert await wins(as_of="2020-01-01T00:00:00Z") == (0, 0, 0)
    assert (await caller.matchup(a, b, as_of=second))["position"] == second


async def test_who_has_it_already_hears_so_until_something_is_preferred(caller: Caller) -> None:
    a, b, _ = await listed(caller)
    [place] = await preferred(caller, a, b, "tie")
    await caller.score(a, after=place)
    path = f"/v1/matchups/{a}/{b}"
    first = await caller.call("GET", path)
    headers = {"If-None-Match": first.headers["etag"]}
    elsewhere = (await caller.vote(a, fresh("voter"), "ship"))["position"]
    await caller.score(a, after=elsewhere)
    for address in (path, f"/v1/matchups/{b}/{a}", f"{path}?as_of={elsewhere}"):
        again = await caller.call("GET", address, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
    await caller.score(a, after=(await caller.prefer(a, b, fresh("voter"), a))["position"])
    assert (await caller.call("GET", path, headers=headers)).status_code == 200


async def test_preferences_outlive_the_listing_in_the_past_alone(caller: Caller) -> None:
    a, b, _ = await listed(caller)
    [place] = await preferred(caller, a, b, a)
    answer = done(await caller.call("DELETE", f"/v1/tools/{b}", role="admin"))
    await caller.score(a, after=answer["position"])
    refused(await caller.call("GET", f"/v1/matchups/{a}/{b}"), 404, "unknown-tool")
    assert (await caller.matchup(a, b, as_of=place))["left_wins"] == 1


@pytest.mark.parametrize(
    ("pair", "query", "status", "type_"),
    [
        ("{a}/{a}", "", 400, "bad-matchup"),
        ("{a}/tie", "", 400, "bad-matchup"),
        ("{a}/no-such-tool", "", 404, "unknown-tool"),
        ("no-such-tool/{a}", "?as_of=1", 404, "unknown-tool"),
        ("{a}/No-Slug", "", 400, "bad-parameter"),
        ("{a}/{b}", "?context=overall", 400, "bad-parameter"),
        ("{a}/{b}", "?corrected=true", 400, "bad-parameter"),
        ("{a}/{b}", "?as_of=NaN", 400, "bad-parameter"),
        ("{a}/{b}", "?as_of=-1", 400, "bad-parameter"),
        ("{a}/{b}", "?as_of=9000000000000000000", 400, "bad-parameter"),
    ],
)
async def test_what_means_nothing_is_refused(
    caller: Caller, pair: str, query: str, status: int, type_: str
) -> None:
    a, b, position = await listed(caller)
    await caller.score(a, after=position)
    answer = await caller.call("GET", f"/v1/matchups/{pair.format(a=a, b=b)}{query}")
    refused(answer, status, type_)
