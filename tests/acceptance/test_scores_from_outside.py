"""Scores, leaderboards and comparisons, recomputed from the log by the words of docs/scores.md alone."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from itertools import combinations
from random import Random
from typing import Any

import pytest

from tests.support.counts_page import Counted, count
from tests.support.ratings_page import Matchups, Rated, rate, rating_ranks
from tests.support.scores_page import (
    Criterion,
    HeadToHead,
    Shares,
    Tally,
    conclude,
    fragility,
    has_any,
    leader,
    ranks,
    share,
    verdict_fragility,
    wilson,
)
from tests.support.service import Caller, Service, done, fresh
from tests.support.side_by_side import compared, preferred, reviewed, seated

VOTES = (0, 3, 9, 20, 40)
RETRACTED = 8
LOOK_S = 0.1
LOOKS_MAX = 200


class World:
    """Some tools in a category and a context of their own, all that the log says of them, and the rule."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.category, self.context = fresh("category"), fresh("context")
        self.random = Random(11)  # noqa: S311 - the same votes each time
        self.tools: list[str] = []
        self.rule: dict[str, Any] = {}
        self.first = self.last = 0

    async def fill(self) -> None:
        """List tools, and let people say of them what they like."""
        self.tools = sorted(fresh() for _ in VOTES)
        for tool in self.tools:
            self.first = await self.caller.list_tool(tool, category=self.category)
        panel = [await seated(self.caller, "builder") for _ in range(4)]
        for tool in self.tools[1:]:
            for panelist in panel:
                await reviewed(self.caller, tool, panelist, self.random.choice(("ship", "skip")))
        voters = [
            (tool, voter) for tool, votes in zip(self.tools, VOTES, strict=True) for voter in range(votes)
        ]
        voters += self.random.sample(voters, 20)  # who change their mind, or withdraw
        lines = [
            {
                "tool": tool,
                "voter": f"{tool}-{voter}",
                "choice": self.random.choice(("ship", "ship", "skip", None)),
            }
            for tool, voter in voters
        ]
        await self.caller.batch("\n".join(map(json.dumps, lines)).encode())
        for number, (one, other) in enumerate(combinations(self.tools[1:], 2)):
            winners = self.random.choices((one, other, "tie"), (3, 1, 1), k=3 * number + 2)
            await preferred(self.caller, one, other, winners, self.context)
        await preferred(self.caller, self.tools[0], self.tools[1], [self.tools[0]] * 4, self.context)

    async def retract(self) -> None:
        """Take some votes out of the count, and one of them back in."""
        votes = [each["position"] for each in await self.events() if each["type"].startswith("Vote")]
        chosen = sorted(self.random.sample(votes, RETRACTED))
        for action, positions in (("retract", chosen), ("reinstate", chosen[:1])):
            order = {"action": action, "select": {"positions": positions}, "reason": "spam"}
            answer = await self.caller.call("POST", "/v1/moderation/batches", role="moderator", json=order)
            assert answer.status_code == 201, answer.text

    async def events(self) -> list[dict[str, Any]]:
        """Read what the log says of the tools."""
        found: list[dict[str, Any]] = []
        while True:
            after = found[-1]["position"] if found else self.first
            asked = {"after": after, "limit": 1_000}
            page = done(await self.caller.call("GET", "/v1/events", role="moderator", params=asked))
            found += page["items"]
            if page["next"] is None:
                break
        self.last = found[-1]["position"]
        return [each for each in found if {each["tool"], each["data"].get("left")} & set(self.tools)]

    async def counted(self) -> Counted:
        rules = done(await self.caller.client.get("/v1/rules"))["items"]
        self.rule = next(rule for rule in rules if rule["current"])
        return count(await self.events(), self.tools)

    async def board(self, by: str, **asked: object) -> list[dict[str, Any]]:
        path, params = f"/v1/leaderboards/{self.category}", {"by": by, **asked}
        await self.caller.score(self.tools[0], after=self.last)
        return done(await self.caller.call("GET", path, params=params))["items"]

    async def fitted(self, votes: int) -> list[dict[str, Any]]:
        """Read the board by matchups once its ratings take in all matchups."""
        for _ in range(LOOKS_MAX):
            rows = await self.board("matchups", context=self.context)
            if sum(row["votes"] for row in rows) == votes:
                return rows
            await asyncio.sleep(LOOK_S)
        pytest.fail("the ratings were not fitted in time")


@pytest.fixture(scope="module")
async def world(service: Service) -> AsyncGenerator[World]:
    async with service.client() as client:
        found = World(Caller(service, client))
        await found.fill()
        await found.retract()
        yield found


def rounded(number: float | None, digits: int = 4) -> float | None:
    return None if number is None else round(number, digits) + 0.0


async def test_each_score_is_what_the_log_comes_to(world: World) -> None:
    counted = await world.counted()
    z = world.rule["z"]
    assert any(counted.excluded.values())
    for tool in world.tools:
        score = await world.caller.score(tool, after=world.last)
        panel, crowd = counted.panel[tool], counted.crowd[tool]
        assert score["panel"] == {"ship": panel[0], "skip": panel[1], "share": rounded(share(panel))}
        assert score["community"] == {
            "ship": crowd[0],
            "skip": crowd[1],
            "votes": sum(crowd),
            "share": rounded(share(crowd)),
            "interval": [rounded(bound) for bound in wilson(crowd, z)],
        }
        assert score["excluded"]["by_reason"] == counted.excluded[tool]


@pytest.mark.parametrize(
    ("by", "tallies", "least"),
    [("community", "crowd", "ranked_votes_min"), ("panel", "panel", "ranked_reviews_min")],
)
async def test_each_rank_by_shares_follows_from_the_intervals(
    by: str, tallies: str, least: str, world: World
) -> None:
    found: Mapping[str, Tally] = getattr(await world.counted(), tallies)
    z = world.rule["z"]
    intervals = {tool: wilson(tally, z) for tool, tally in found.items()}
    ranked = ranks(
        {tool: intervals[tool] for tool, tally in found.items() if sum(tally) >= world.rule[least]}
    )
    expected = [
        (
            ranked.get(tool),
            rounded(intervals[tool][0]) if sum(tally) else None,
            [rounded(bound) for bound in intervals[tool]],
            sum(tally),
            tool,
        )
        for tool, tally in found.items()
    ]
    expected.sort(key=lambda row: (row[0] is None, -(row[1] or 0), -row[3], row[4]))
    rows = await world.board(by)
    assert expected == [
        (row["rank"], row["score"], row["interval"], row["votes"], row["tool"]) for row in rows
    ]


async def test_each_rating_follows_from_the_matchups(world: World) -> None:
    rated = rate((await world.counted()).matchups, world.rule["z"])
    least = world.rule["ranked_votes_min"]
    ranked = rating_ranks({tool: each for tool, each in rated.items() if each.votes >= least})
    expected = {tool: _row(each, ranked.get(tool)) for tool, each in rated.items()}
    assert {each.note for each in rated.values()} == {None, "only wins"}
    rows = await world.fitted(sum(each.votes for each in rated.values()))
    found = {
        row["tool"]: (row["rank"], row["score"], row["interval"], row["votes"], row.get("note"))
        for row in rows
    }
    assert found == expected


def _row(rated: Rated, rank: str | None) -> tuple[object, ...]:
    interval = [rounded(bound, 1) for bound in rated.interval]
    return rank, rounded(rated.score, 1), interval, rated.votes, rated.note


@pytest.mark.parametrize("number", [2, 3, 5])
async def test_each_comparison_follows_from_the_counts(number: int, world: World) -> None:
    counted = await world.counted()
    for tools in combinations(world.tools, number):
        said = await compared(world.caller, *tools, after=world.last, context=world.context)
        criteria = _criteria(tools, counted, world.rule)
        for name, criterion in criteria.items():
            _check(tools, criterion, said[name])
        verdict, each = said["verdict"], list(criteria.values())
        strength, pick = conclude([(leader(one), has_any(one), 0) for one in each], world.rule)
        assert verdict["strength"] == strength
        assert verdict["pick"] == (None if pick is None else tools[pick])
        assert verdict["fragility"] == verdict_fragility(each, world.rule)


def _criteria(tools: Sequence[str], counted: Counted, rule: Mapping[str, Any]) -> dict[str, Criterion]:
    pairs: dict[tuple[int, int], tuple[int, int, int]] = {}
    for a, b in combinations(range(len(tools)), 2):
        left, right, ties = _seen(counted.matchups, tools[a], tools[b])
        pairs[a, b], pairs[b, a] = (left, right, ties), (right, left, ties)
    z = rule["z"]
    return {
        "panel": Shares([counted.panel[tool] for tool in tools], rule["lead_reviews_min"], z),
        "crowd": Shares([counted.crowd[tool] for tool in tools], rule["lead_votes_min"], z),
        "head_to_head": HeadToHead(len(tools), pairs, rule["lead_votes_min"], z),
    }


def _seen(matchups: Matchups, one: str, other: str) -> tuple[int, int, int]:
    left, right, ties = matchups[min(one, other), max(one, other)]
    return (left, right, ties) if one < other else (right, left, ties)


def _check(tools: Sequence[str], criterion: Criterion, said: Mapping[str, Any]) -> None:
    ahead = leader(criterion)
    assert said["leader"] == (None if ahead is None else tools[ahead])
    assert said["fragility"] == fragility(criterion)
    for pair in said["pairs"]:
        a, b = tools.index(pair["left"]), tools.index(pair["right"])
        leads = next(((x, y) for x, y in ((a, b), (b, a)) if criterion.leads(x, y)), None)
        estimate, interval = criterion.numbers(a, b) if criterion.voted(a, b) else (None, None)
        assert pair["leader"] == (None if leads is None else tools[leads[0]])
        assert pair["estimate"] == rounded(estimate)
        assert pair["interval"] == (interval and [rounded(bound) for bound in interval])
        assert pair["fragility"] == (None if leads is None else criterion.unseat(*leads))
