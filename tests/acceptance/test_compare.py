"""Tools side by side over HTTP: which one should you ship with?"""

from itertools import combinations, product
from math import hypot, sqrt

import pytest

from tests.support.service import Caller, done, fresh
from tests.support.side_by_side import compared, listed, pair_of, preferred, reviewed, seated, voted

Z = 1.959964


def roots(ship: int, votes: int) -> tuple[float, float]:
    """Solve (p - share)² = z² p (1 - p) / votes for p: Wilson's bounds, by their definition."""
    share, spread = ship / votes, Z * Z / votes
    middle, root = 2 * share + spread, sqrt((2 * share + spread) ** 2 - 4 * (1 + spread) * share * share)
    return (middle - root) / (2 * (1 + spread)), (middle + root) / (2 * (1 + spread))


def least_lead(left: tuple[int, int], right: tuple[int, int]) -> float:
    """Return Newcombe's lower bound of the difference of two shares, given as ship and skip votes."""
    shares = [ship / (ship + skip) for ship, skip in (left, right)]
    [(low, _), (_, high)] = [roots(ship, ship + skip) for ship, skip in (left, right)]
    return shares[0] - shares[1] - hypot(shares[0] - low, high - shares[1])


def fewest_to_unseat(left: tuple[int, int], right: tuple[int, int], *, votes_min: int) -> int:
    """Try all removals of votes, the fewest first, until left leads no longer."""
    counts = (*left, *right)
    for removals in range(sum(counts)):
        for removed in product(range(removals + 1), repeat=4):
            one, other, three, four = (count - gone for count, gone in zip(counts, removed, strict=True))
            if sum(removed) == removals and min(one, other, three, four) >= 0:
                few = min(one + other, three + four) < votes_min
                if few or least_lead((one, other), (three, four)) <= 0:
                    return removals
    return sum(counts)


async def test_two_tools_are_compared_by_panel_crowd_and_head_to_head(caller: Caller) -> None:
    good, poor = await listed(caller, "good", "poor")
    panelists = [await seated(caller, lens) for lens in ("builder", "founder", "skeptic")]
    for panelist in panelists:
        await reviewed(caller, good, panelist, "ship")
        await reviewed(caller, poor, panelist, "skip")
    await voted(caller, good, ship=56, skip=14)
    await voted(caller, poor, ship=48, skip=32)
    position = await preferred(caller, good, poor, [good] * 9 + [poor])

    found = await compared(caller, good, poor, after=position)
    assert found["position"] >= position
    assert (found["rule"], found["context"]) == ("2026-11", "overall")
    assert [tool["slug"] for tool in found["tools"]] == [good, poor]
    scores = [await caller.score(slug) for slug in (good, poor)]
    assert [{**score, "position": 0} for score in found["scores"]] == [
        {**score, "position": 0} for score in scores
    ]

    # The example of Newcombe (1998), table II: 56 of 70 against 48 of 80, by method 10.
    crowd = found["crowd"]
    [pair] = crowd["pairs"]
    assert (pair["left"], pair["right"], pair["leader"], pair["standing"]) == (good, poor, good, "leads")
    assert (pair["estimate"], pair["interval"]) == (0.2, [0.0524, 0.3339])
    assert "prefers Good: 80 % of 70 votes" in pair["reason"]
    assert pair["fragility"] == fewest_to_unseat((56, 14), (48, 32), votes_min=5)
    assert {**crowd, "pairs": None} == {
        "leader": good,
        "standing": "leads",
        "reason": pair["reason"],
        "fragility": pair["fragility"],
        "pairs": None,
    }

    # Three of three against none of three.
    [pair] = found["panel"]["pairs"]
    assert (pair["leader"], pair["estimate"]) == (good, 1.0)
    assert pair["interval"] == [round(least_lead((3, 0), (0, 3)), 4), 1.0]
    assert pair["fragility"] == 1

    # Nine of ten: Wilson's interval, and it takes three wins less for 6 to 1 not to tell.
    [pair] = found["head_to_head"]["pairs"]
    assert (pair["leader"], pair["estimate"], pair["interval"]) == (good, 0.9, [0.5958, 0.9821])
    assert pair["fragility"] == 3

    assert found["matchups"] == [{**await caller.matchup(good, poor), "position": found["position"]}]
    verdict = found["verdict"]
    assert (verdict["strength"], verdict["pick"]) == ("clear", good)
    assert verdict["summary"].startswith("Good comes out ahead")
    assert verdict["reasons"] == [found[each]["reason"] for each in ("panel", "crowd", "head_to_head")]
    # All three lead; by one alone it would only lean. The panel and the cheaper of the others have to go.
    assert verdict["fragility"] == 1 + min(3, crowd["fragility"])


async def test_the_other_way_round_everything_is_mirrored(caller: Caller) -> None:
    a, b = await listed(caller, "a", "b")
    await voted(caller, a, ship=9, skip=3)
    await voted(caller, b, ship=4, skip=7)
    position = await preferred(caller, a, b, [a, a, b, "tie"], "code-review")
    here, there = [await compared(caller, *pair, after=position) for pair in ((a, b), (b, a))]
    assert here["tools"] == there["tools"][::-1]
    for criterion in ("crowd", "head_to_head"):
        [one], [other] = here[criterion]["pairs"], there[criterion]["pairs"]
        assert (one["left"], one["right"]) == (other["right"], other["left"])
        assert one["leader"] == other["leader"]
    [one], [other] = here["crowd"]["pairs"], there["crowd"]["pairs"]
    assert one["interval"] == [-bound for bound in reversed(other["interval"])]
    [one], [other] = here["matchups"], there["matchups"]
    assert (one["left_wins"], one["right_wins"], one["ties"], one["share"]) == (2, 1, 1, 0.625)
    assert (other["left_wins"], other["right_wins"], other["ties"], other["share"]) == (1, 2, 1, 0.375)
    assert [context["left_wins"] for context in other["contexts"]] == [1]
    assert here["verdict"]["strength"] == there["verdict"]["strength"]


async def test_without_votes_nothing_is_said(caller: Caller) -> None:
    a, b = await listed(caller, "a", "b")
    position = await caller.list_tool(fresh())
    found = await compared(caller, a, b, after=position)
    assert found["verdict"] == {
        "strength": "no votes",
        "pick": None,
        "summary": "There is nothing yet to compare A and B by.",
        "reasons": [found[each]["reason"] for each in ("panel", "crowd", "head_to_head")],
        "fragility": None,
    }
    for criterion in ("panel", "crowd", "head_to_head"):
        [pair] = found[criterion]["pairs"]
        assert (pair["standing"], pair["estimate"], pair["interval"]) == ("no votes", None, None)
    assert (found["reviews"], found["ratings"]) == ([], [None, None])
    assert [matchup["contexts"] for matchup in found["matchups"]] == [[]]


async def test_five_tools_are_compared_each_with_each_in_the_order_asked_for(caller: Caller) -> None:
    tools = await listed(caller, "eve", "dan", "cid", "ben", "ann")
    for place, tool in enumerate(tools):
        await voted(caller, tool, ship=40 - 9 * place, skip=2 + 9 * place)
    pairs = list(combinations(tools, 2))
    position = max([await preferred(caller, *pair, [pair[0]] * 5) for pair in pairs])
    found = await compared(caller, *tools, after=position)
    assert [tool["slug"] for tool in found["tools"]] == tools
    assert [score["tool"] for score in found["scores"]] == tools
    for pairing in (found["crowd"]["pairs"], found["head_to_head"]["pairs"], found["matchups"]):
        assert [(pair["left"], pair["right"]) for pair in pairing] == pairs
    for left, right in pairs:
        assert pair_of(found["head_to_head"], left, right)["leader"] == left
    first, second = tools[:2]
    assert found["crowd"]["leader"] == first
    assert found["crowd"]["fragility"] == fewest_to_unseat((40, 2), (31, 11), votes_min=5)
    assert found["crowd"]["fragility"] == pair_of(found["crowd"], first, second)["fragility"]
    assert (found["verdict"]["strength"], found["verdict"]["pick"]) == ("clear", first)
    three = await compared(caller, *tools[2::-1], after=position)
    assert [tool["slug"] for tool in three["tools"]] == tools[2::-1]


async def test_two_tools_may_be_asked_for_at_either_address(caller: Caller) -> None:
    a, b = await listed(caller, "a", "b")
    position = await voted(caller, a, ship=2, skip=1)
    found = await compared(caller, a, b, as_of=position)
    assert found == done(
        await caller.call("GET", "/v1/compare", params={"tools": f"{a},{b}", "as_of": position})
    )


async def test_reviews_are_paired_by_panelist_or_else_by_lens(caller: Caller) -> None:
    a, b = await listed(caller, "a", "b")
    both, one, other, alone = [
        await seated(caller, lens) for lens in ("builder", "builder", "builder", "skeptic")
    ]
    position = max(
        [
            await reviewed(caller, tool, panelist, "ship", headline=f"{panelist} on {tool}")
            for tool, panelist in ((a, one), (b, both), (b, other), (a, both), (b, alone))
        ]
    )
    found = await compared(caller, a, b, after=position)
    assert [
        (row["lens"], [review and review["headline"] for review in row["reviews"]])
        for row in found["reviews"]
    ] == [
        ("builder", [f"{both} on {a}", f"{both} on {b}"]),
        ("builder", [f"{one} on {a}", f"{other} on {b}"]),
        ("skeptic", [None, f"{alone} on {b}"]),
    ]
    plain = done(await caller.call("GET", f"/v1/tools/{a}/reviews"))["items"]
    assert {review["panelist"] for review in plain} == {both, one}
    assert all(row["reviews"][0] in [None, *plain] for row in found["reviews"])


async def test_a_context_narrows_what_is_compared_head_to_head(caller: Caller) -> None:
    a, b = await listed(caller, "a", "b")
    await preferred(caller, a, b, [a] * 6, "code-review")
    await preferred(caller, a, b, [b] * 4, "summarising")
    position = await preferred(caller, a, b, [b] * 3)
    pooled = await compared(caller, a, b, after=position)
    [pair] = pooled["head_to_head"]["pairs"]
    assert (pooled["context"], pair["standing"]) == ("overall", "too close to call")
    assert pair["estimate"] == round(6 / 13, 4)
    code = await compared(caller, a, b, context="code-review")
    [pair] = code["head_to_head"]["pairs"]
    assert (code["context"], pair["leader"], pair["estimate"]) == ("code-review", a, 1.0)
    assert code["matchups"] == [{**pooled["matchups"][0], "position": code["position"]}]
    assert [each["context"] for each in code["matchups"][0]["contexts"]] == [
        "code-review",
        "overall",
        "summarising",
    ]
    assert code["matchups"][0]["votes"] == 13
    nobody = await compared(caller, a, b, context="never-heard-of")
    assert nobody["head_to_head"]["standing"] == "no votes"


@pytest.mark.parametrize("pricing", [None, {"model": "paid", "entry": "9 a month", "note": None}])
async def test_facts_are_those_of_the_catalogue(
    caller: Caller, pricing: dict[str, str | None] | None
) -> None:
    a, b = fresh("a"), fresh("b")
    facts = {"vendor": "Acme", "tagline": "Hits", "description": "Hard.", "homepage": "https://example.com/"}
    await caller.list_tool(a, pricing=pricing, **facts)
    position = await caller.list_tool(b)
    found = await compared(caller, a, b, after=position)
    assert found["tools"] == [done(await caller.call("GET", f"/v1/tools/{slug}")) for slug in (a, b)]
    assert found["tools"][0]["pricing"] == pricing
