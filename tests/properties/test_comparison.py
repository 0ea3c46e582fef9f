"""Any comparison names only leaders whom the numbers carry, and the order of tools plays no part."""

from collections.abc import Mapping
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from projections.comparison.compare import compare
from projections.comparison.shapes import Comparison, Contender, CriterionStanding, Matchup, PairStanding
from projections.rules.registry import RULES
from projections.rules.rule import Rule
from tests.support.comparing import contenders, matchups, plain_verdict, rules

Drawn = tuple[list[Contender], list[Matchup]]

any_rule = rules | st.sampled_from(RULES)
any_tools = st.integers(2, 5).flatmap(
    lambda tools: st.tuples(contenders(30, tools=tools), matchups(30, tools=tools))
)
ROUNDED = 0.00005


def standings(found: Comparison) -> tuple[CriterionStanding, ...]:
    return found.panel, found.crowd, found.head_to_head


@given(rule=any_rule, drawn=any_tools)
def test_the_verdict_is_the_one_that_the_rule_makes_of_each_two_tools(rule: Rule, drawn: Drawn) -> None:
    found = compare(rule, *drawn).verdict
    assert (found.strength, found.pick) == plain_verdict(rule, *drawn)


@given(rule=any_rule, drawn=any_tools)
def test_a_tool_leads_by_a_criterion_if_it_leads_each_other_tool(rule: Rule, drawn: Drawn) -> None:
    tools, votes = drawn
    for standing in standings(compare(rule, tools, votes)):
        assert [(pair.left, pair.right) for pair in standing.pairs] == [
            (one.tool, other.tool) for one, other in combinations(tools, 2)
        ]
        won = [pair.leader for pair in standing.pairs]
        leaders = [tool.tool for tool in tools if won.count(tool.tool) == len(tools) - 1]
        assert leaders == ([standing.leader] if standing.leader else [])
        assert (standing.standing == "leads") == (standing.leader is not None)
        assert (standing.fragility is not None) == (standing.leader is not None)
        if standing.leader:
            own = [pair.fragility for pair in standing.pairs if pair.leader == standing.leader]
            assert standing.fragility == min(removals for removals in own if removals)


@given(rule=any_rule, drawn=any_tools)
def test_no_tool_is_named_the_better_one_unless_the_interval_says_so(rule: Rule, drawn: Drawn) -> None:
    tools, votes = drawn
    names = {tool.tool: tool.name for tool in tools}
    found = compare(rule, tools, votes)
    for standing, even in zip(standings(found), (0.0, 0.0, 0.5), strict=True):
        for pair in standing.pairs:
            assert_carried(pair, even)
            said = {
                name
                for name in names.values()
                if f"prefers {name}:" in pair.reason or f"{name} beats" in pair.reason
            }
            assert said == ({names[pair.leader]} if pair.leader else set())
    verdict = found.verdict
    named = "comes out ahead" in verdict.summary or "Leaning towards" in verdict.summary
    assert named == (verdict.pick is not None) == (verdict.strength in {"clear", "leaning"})
    leaders = {standing.leader for standing in standings(found)} - {None}
    assert leaders == {verdict.pick} - {None} or (verdict.strength == "split" and len(leaders) > 1)


def assert_carried(pair: PairStanding, even: float) -> None:
    """Assert that the interval lies on the leader's side of even, and holds the estimate."""
    if pair.interval is None:
        assert (pair.standing, pair.estimate, pair.leader) == ("no votes", None, None)
        return
    low, high = pair.interval
    assert pair.estimate is not None
    assert low - ROUNDED <= pair.estimate <= high + ROUNDED
    if pair.leader:
        assert low >= even if pair.leader == pair.left else high <= even


@given(rule=any_rule, drawn=any_tools, data=st.data())
def test_the_order_of_tools_and_matchups_plays_no_part(rule: Rule, drawn: Drawn, data: st.DataObject) -> None:
    tools, votes = drawn
    shuffled = data.draw(st.permutations(tools))
    turned = [
        Matchup(left=m.right, right=m.left, left_wins=m.right_wins, right_wins=m.left_wins, ties=m.ties)
        for m in data.draw(st.permutations(votes))
    ]
    one, other = compare(rule, tools, votes), compare(rule, shuffled, turned)
    assert (one.verdict.strength, one.verdict.pick) == (other.verdict.strength, other.verdict.pick)
    assert one.verdict.fragility == other.verdict.fragility
    for before, after in zip(standings(one), standings(other), strict=True):
        assert (before.leader, before.standing, before.fragility) == (
            after.leader,
            after.standing,
            after.fragility,
        )
        assert by_pair(before) == by_pair(after)


def by_pair(standing: CriterionStanding) -> Mapping[frozenset[str], tuple[object, ...]]:
    """Return what is said of each two tools, whichever stands on the left."""
    return {
        frozenset((pair.left, pair.right)): (pair.leader, pair.standing, pair.fragility)
        for pair in standing.pairs
    }
