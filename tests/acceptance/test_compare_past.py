"""Comparisons as they stood, and as readers that have one already get them."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.service import Caller, done, fresh, position_of, refused
from tests.support.side_by_side import compared, listed, pair_of, preferred, reviewed, seated, voted

LOOK_S = 0.1
LOOKS_MAX = 200


def unrated(document: dict[str, Any]) -> dict[str, Any]:
    """Leave ratings out: now they stand at the last fit, which may be a moment behind."""
    return {name: said for name, said in document.items() if name != "ratings"}


async def retracted(caller: Caller, *positions: int) -> int:
    """Retract what stands at these positions; return the position of the last ruling."""
    order = {"action": "retract", "select": {"positions": positions}, "reason": "fraud"}
    answer = await caller.call("POST", "/v1/moderation/batches", role="moderator", json=order)
    assert answer.status_code == 201, answer.text
    rulings = done(
        await caller.call("GET", "/v1/events", role="moderator", params={"batch": answer.json()["id"]})
    )["items"]
    return max(ruling["position"] for ruling in rulings)


async def rated(caller: Caller, *tools: str, after: int) -> dict[str, Any]:
    """Compare tools once the first one's rating reflects a position."""
    for _ in range(LOOKS_MAX):
        found = await compared(caller, *tools, after=after)
        if found["ratings"][0] and found["ratings"][0]["position"] >= after:
            return found
        await asyncio.sleep(LOOK_S)
    pytest.fail(f"the ratings did not reach {after}")


async def test_as_of_a_position_it_is_what_was_published_there(caller: Caller) -> None:
    a, b = await listed(caller, "a", "b")
    panelist = await seated(caller, "builder")
    published: list[dict[str, Any]] = []

    async def publish(position: int) -> None:
        published.append(await compared(caller, a, b, after=position))

    await publish(await reviewed(caller, a, panelist, "ship", headline="At first"))
    await publish(vote := await voted(caller, a, ship=7, skip=0))
    await publish(await voted(caller, b, ship=1, skip=6))
    await publish(await preferred(caller, a, b, [a, a, "tie"], "code-review"))
    await publish(review := await reviewed(caller, a, panelist, "skip", headline="On reflection"))
    await publish(await retracted(caller, vote))
    await publish(await retracted(caller, review))
    await publish(await caller.seat(panelist, name="Renamed", lens="skeptic"))
    await publish(await caller.list_tool(a, name="Renamed", tagline="Anew"))
    await publish(position_of(await caller.call("DELETE", f"/v1/tools/{a}/reviews/{panelist}", role="admin")))
    for then in published:
        assert unrated(await compared(caller, a, b, as_of=then["position"])) == unrated(then)
    said = [[row["reviews"][0]["headline"] for row in each["reviews"]] for each in published]
    assert said == [["At first"]] * 4 + [["On reflection"]] * 2 + [["At first"]] * 3 + [[]]
    assert [each["tools"][0]["name"] for each in published[-3:]] == ["A", "Renamed", "Renamed"]
    assert published[-3]["reviews"][0]["lens"] == "skeptic"
    assert published[-4]["reviews"][0]["lens"] == "builder"


async def test_as_corrected_the_rulings_of_today_tell_what_stood(caller: Caller) -> None:
    a, b = await listed(caller, "a", "b")
    panelist = await seated(caller, "builder")
    await reviewed(caller, a, panelist, "ship", headline="At first")
    review = await reviewed(caller, a, panelist, "ship", headline="Bought")
    vote = await voted(caller, a, ship=1, skip=0)
    place = await preferred(caller, a, b, [a])
    await retracted(caller, review, vote, place)

    async def said(**asked: str) -> tuple[list[str], int, int, int]:
        path = f"/v1/compare/{a}/{b}"
        found = done(await caller.call("GET", path, params={"as_of": place, **asked}))
        headlines = [row["reviews"][0]["headline"] for row in found["reviews"]]
        votes, [matchup] = found["scores"][0]["community"]["votes"], found["matchups"]
        [context] = matchup["contexts"]
        return headlines, votes, matchup["votes"], context["excluded"]["votes"]

    assert await said() == (["Bought"], 1, 1, 0)
    assert await said(corrected="true") == (["At first"], 0, 0, 1)
    assert await said(corrected="false") == (["Bought"], 1, 1, 0)


async def test_a_time_is_a_moment_too(caller: Caller) -> None:
    a, b = await listed(caller, "a", "b")
    position = await voted(caller, a, ship=3, skip=0)
    await caller.score(a, after=position)
    found = await compared(caller, a, b, as_of=datetime.now(UTC).isoformat())
    assert found["scores"][0]["community"]["votes"] == 3


async def test_ratings_stand_beside_the_tools_now_and_as_they_were(caller: Caller) -> None:
    a, b, unmet = await listed(caller, "a", "b", "unmet")
    position = await preferred(caller, a, b, [a, a, a, b], "code-review")
    found = await rated(caller, a, b, unmet, after=position)
    one, other, none = found["ratings"]
    assert (one["votes"], other["votes"], none) == (4, 4, None)
    assert one["score"] > other["score"]
    then = await compared(caller, a, b, unmet, as_of=found["position"])
    assert [rating and {**rating, "position": 0} for rating in then["ratings"]] == [
        {**one, "position": 0},
        {**other, "position": 0},
        None,
    ]
    code = await compared(caller, a, b, as_of=found["position"], context="code-review")
    low, high = code["ratings"][0]["interval"]
    # Two tools that met nobody else: 400 log10 3 points apart, around 1000.
    assert code["ratings"][0]["score"] == pytest.approx(1000 + 200 * 0.4771, abs=0.1)
    assert low < code["ratings"][0]["score"] < high
    before = await compared(caller, a, b, as_of=position - 4)
    assert before["ratings"] == [None, None]


async def test_who_has_it_hears_so_until_something_about_it_changes(caller: Caller) -> None:
    a, b = await listed(caller, "a", "b")
    [elsewhere] = await listed(caller, "elsewhere")
    position = await voted(caller, a, ship=5, skip=1)
    await compared(caller, a, b, after=position)
    path = f"/v1/compare/{a}/{b}"
    first = await caller.call("GET", path)
    headers = {"If-None-Match": first.headers["etag"]}
    assert first.headers["cache-control"] == "no-cache"

    # The log moves on, and so does `position`; what the comparison says does not.
    position = await voted(caller, elsewhere, ship=1, skip=0)
    assert (await compared(caller, a, b, after=position))["position"] > first.json()["position"]
    again = await caller.call("GET", path, headers=headers)
    assert (again.status_code, again.content) == (304, b"")

    for change in (
        voted(caller, b, ship=1, skip=0),
        preferred(caller, a, b, ["tie"]),
        caller.list_tool(b, name="Renamed"),
    ):
        await caller.score(a, after=await change)
        other = await caller.call("GET", path, headers=headers)
        assert other.status_code == 200
        headers = {"If-None-Match": other.headers["etag"]}


async def test_a_tool_takes_part_while_it_is_listed(caller: Caller) -> None:
    before = await caller.list_tool(fresh())
    a, b = await listed(caller, "a", "b")
    place = await voted(caller, b, ship=1, skip=0)
    position = position_of(await caller.call("DELETE", f"/v1/tools/{b}", role="admin"))
    await caller.score(a, after=position)
    problem = refused(await caller.call("GET", f"/v1/compare/{a}/{b}"), 404, "unknown-tool")
    assert problem["detail"] == f"No tool '{b}' is listed."
    found = await compared(caller, a, b, as_of=place)
    assert pair_of(found["crowd"], a, b)["standing"] == "no votes"
    for as_of, missing in ((position, b), (before, a)):
        answer = await caller.call("GET", f"/v1/compare/{a}/{b}", params={"as_of": as_of})
        detail = refused(answer, 404, "unknown-tool")["detail"]
        assert detail == f"No tool '{missing}' was listed at position {as_of}."


@pytest.mark.parametrize(
    ("path", "status", "type_", "words"),
    [
        ("/{a}/{a}", 400, "bad-comparison", "'{a}' is named twice"),
        ("?tools={a},{b},{a}", 400, "bad-comparison", "'{a}' is named twice"),
        ("?tools={a}", 400, "bad-comparison", "Name 2 to 5 tools, not 1"),
        ("?tools=", 400, "bad-comparison", "not 0"),
        ("", 400, "bad-comparison", "not 0"),
        ("?tools={a},{b},c,d,e,f", 400, "bad-comparison", "not 6"),
        ("?tools={a},,{b}", 400, "bad-parameter", "'' is not a slug"),
        ("?tools={a},%20{b}", 400, "bad-parameter", "is not a slug"),
        ("?tools={a},{b}&tools={a},{b}", 400, "bad-parameter", "comes twice"),
        ("/{a}/No-Slug", 400, "bad-parameter", "'No-Slug' is not a slug"),
        ("/NaN/{a}", 400, "bad-parameter", "'NaN' is not a slug"),
        ("/-1/{a}", 400, "bad-parameter", "'-1' is not a slug"),
        ("/{a}/no-such-tool", 404, "unknown-tool", "'no-such-tool'"),
        ("?tools={a},{b},no-such-tool", 404, "unknown-tool", "'no-such-tool'"),
        ("/{a}/{b}?tools={a},{b}", 400, "bad-parameter", "'tools'"),
        ("/{a}/{b}?context=", 400, "bad-parameter", "'' is not a slug"),
        ("/{a}/{b}?context=Code%20Review", 400, "bad-parameter", "is not a slug"),
        ("/{a}/{b}?as_of=NaN", 400, "bad-parameter", "as_of must be"),
        ("/{a}/{b}?as_of=-1", 400, "bad-parameter", "as_of must be"),
        ("/{a}/{b}?as_of=9000000000000000000", 400, "bad-parameter", "The log ends at"),
        ("/{a}/{b}?as_of=99999999999999999999", 400, "bad-parameter", "from 0 to"),
        ("/{a}/{b}?corrected=true", 400, "bad-parameter", "goes with as_of"),
        ("/{a}/{b}?as_of=1&corrected=maybe", 400, "bad-parameter", "true or false"),
        ("/{a}/{b}?limit=1", 400, "bad-parameter", "'limit'"),
    ],
)
async def test_what_makes_no_comparison_is_refused(
    caller: Caller, path: str, status: int, type_: str, words: str
) -> None:
    a, b = await listed(caller, "a", "b")
    await caller.score(a, after=await caller.list_tool(fresh()))
    answer = await caller.call("GET", f"/v1/compare{path.format(a=a, b=b)}")
    assert words.format(a=a) in refused(answer, status, type_)["detail"]
