"""Fragility against brute force: over all removals there are, of whatever votes."""

from collections.abc import Callable, Sequence
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs

from projections.comparison.compare import compare
from projections.comparison.contest import Contest, removals_to_unseat
from projections.comparison.matchups import MatchupContest
from projections.comparison.removals import IMPOSSIBLE, Term, fewest
from projections.comparison.shapes import Contender, Matchup
from projections.comparison.shares import ShareContest
from projections.rules.registry import RULES
from projections.rules.rule import Rule
from projections.rules.tallies import PreferenceTally, Tally
from tests.support.comparing import contenders, matchups, plain_verdict, rules, tallies

LENIENT = structs.replace(RULES[0], z=0.674490, lead_votes_min=2)
"""At 50 % confidence few votes lead, so that small counts show everything."""

some_rules = pytest.mark.parametrize(
    "rule",
    [LENIENT, structs.replace(LENIENT, lead_votes_min=6), RULES[0]],
    ids=["lenient", "lenient to six votes", RULES[0].name],
)


def fewest_by_force(
    counts_max: Sequence[int], is_so: Callable[[tuple[int, ...]], bool]
) -> dict[tuple[int, ...], int]:
    """Find for all counts up to these the fewest removals, of any kind, after which something is so.

    That is none where it is so already, and else one more than for the best of what one removal leaves.
    """
    fewest_from: dict[tuple[int, ...], int] = {}
    for counts in product(*[range(count + 1) for count in counts_max]):
        after = [
            fewest_from[(*counts[:kind], count - 1, *counts[kind + 1 :])]
            for kind, count in enumerate(counts)
            if count
        ]
        found = 0 if is_so(counts) else 1 + min(after, default=IMPOSSIBLE)
        fewest_from[counts] = min(IMPOSSIBLE, found)
    return fewest_from


def share_contest(rule: Rule, counts: Sequence[int]) -> ShareContest:
    shares = shares_of(counts)
    names = tuple("ABC"[: len(shares)])
    votes_min = rule.lead_votes_min
    return ShareContest(
        criterion="community", rule=rule, names=names, tallies=tuple(shares), votes_min=votes_min
    )


def matchup_contest(rule: Rule, counts: Sequence[int]) -> MatchupContest:
    wins, losses, ties = counts
    seen = PreferenceTally(wins=wins, losses=losses, ties=ties)
    return MatchupContest(rule=rule, names=("A", "B"), preferences={(0, 1): seen, (1, 0): seen.mirrored()})


def shares_of(counts: Sequence[int]) -> list[Tally]:
    return [Tally(ship=ship, skip=skip) for ship, skip in zip(counts[::2], counts[1::2], strict=True)]


def leads_all(contest: Contest) -> bool:
    return all(contest.leads(0, other) for other in range(1, len(contest.names)))


@some_rules
@pytest.mark.parametrize(
    ("make", "counts_max"),
    [(share_contest, (9, 6, 6, 9)), (share_contest, (3, 3, 3, 3, 3, 3)), (matchup_contest, (20, 20, 3))],
    ids=["two shares", "three shares", "a matchup"],
)
def test_no_fewer_removals_end_or_make_a_lead(
    rule: Rule, make: Callable[[Rule, Sequence[int]], Contest], counts_max: Sequence[int]
) -> None:
    to_end = fewest_by_force(counts_max, lambda counts: not leads_all(make(rule, counts)))
    to_make = fewest_by_force(counts_max, lambda counts: leads_all(make(rule, counts)))
    led = 0
    for counts in to_end:
        contest = make(rule, counts)
        if leads_all(contest):
            led += 1
            assert removals_to_unseat(contest, 0) == to_end[counts]
        assert contest.removals_to_lead(0, below=IMPOSSIBLE) == to_make[counts]
        assert contest.removals_to_lead(0, below=to_make[counts]) == IMPOSSIBLE
    assert led or max(counts_max) < rule.lead_votes_min


@example(RULES[0], Tally(ship=503_000, skip=497_000), Tally(ship=500_000, skip=500_000))
@example(RULES[0], Tally(ship=900_000, skip=100_000), Tally(ship=89_000, skip=11_000))
@given(rule=rules, ahead=tallies(150, skip_max=50), behind=tallies(150, ship_max=50))
def test_a_lead_of_more_votes_ends_no_sooner_either(rule: Rule, ahead: Tally, behind: Tally) -> None:
    contest = share_contest(rule, (ahead.ship, ahead.skip, behind.ship, behind.skip))
    if contest.leads(0, 1):
        found = contest.removals_to_unseat(0, 1)
        for removals, holds in ((found, False), (found - 1, True)):
            kinds = [(ships, removals - ships) for ships in range(removals + 1)]
            left = [
                (ahead.ship - ships, ahead.skip, behind.ship, behind.skip - skips)
                for ships, skips in kinds
                if ships <= ahead.ship and skips <= behind.skip
            ]
            assert all(share_contest(rule, counts).leads(0, 1) for counts in left) == holds


Counts = tuple[int, ...]


def taken_apart(tools: Sequence[Contender], votes: Sequence[Matchup]) -> Counts:
    """List every count of a comparison."""
    judged = [tally for tool in tools for tally in (tool.panel, tool.crowd)]
    shares = (count for tally in judged for count in (tally.ship, tally.skip))
    return (*shares, *(count for m in votes for count in (m.left_wins, m.right_wins, m.ties)))


def put_together(
    tools: Sequence[Contender], votes: Sequence[Matchup], counts: Counts
) -> tuple[list[Contender], list[Matchup]]:
    """Give a comparison other counts."""
    shares = shares_of(counts[: 4 * len(tools)])
    rest = counts[4 * len(tools) :]
    return (
        [
            structs.replace(tool, panel=panel, crowd=crowd)
            for tool, panel, crowd in zip(tools, shares[::2], shares[1::2], strict=True)
        ],
        [
            structs.replace(matchup, left_wins=wins, right_wins=losses, ties=ties)
            for matchup, wins, losses, ties in zip(votes, rest[::3], rest[1::3], rest[2::3], strict=True)
        ],
    )


def fragility_by_force(
    rule: Rule, tools: Sequence[Contender], votes: Sequence[Matchup], *, removals_max: int
) -> int | None:
    """Remove one vote after the other, in every way there is, until the verdict is another."""
    now = plain_verdict(rule, tools, votes)
    left = {taken_apart(tools, votes)}
    for removals in range(1, removals_max + 1):
        left = {
            (*counts[:number], count - 1, *counts[number + 1 :])
            for counts in left
            for number, count in enumerate(counts)
            if count
        }
        if any(plain_verdict(rule, *put_together(tools, votes, counts)) != now for counts in left):
            return removals
    return None


@given(rule=rules, tools=contenders(4, tools=2), votes=matchups(4, tools=2))
def test_no_fewer_removals_change_the_verdict_on_a_pair(
    rule: Rule, tools: list[Contender], votes: list[Matchup]
) -> None:
    found = compare(rule, tools, votes).verdict.fragility
    assert up_to(4, found) == fragility_by_force(rule, tools, votes, removals_max=4)


@given(rule=rules, tools=contenders(4, tools=3), votes=matchups(2, tools=3))
def test_no_fewer_removals_change_the_verdict_on_three_tools(
    rule: Rule, tools: list[Contender], votes: list[Matchup]
) -> None:
    found = compare(rule, tools, votes).verdict.fragility
    assert up_to(2, found) == fragility_by_force(rule, tools, votes, removals_max=2)


def up_to(removals_max: int, found: int | None) -> int | None:
    """Return the number found, if brute force can look that far."""
    return found if found is not None and found <= removals_max else None


@st.composite
def staircases(draw: st.DrawFn) -> tuple[int, list[Term], list[list[int]]]:
    """Draw terms, and for each the least own removals beside each number of shared ones."""
    shared_max = draw(st.integers(0, 40))
    terms, stairs = list[Term](), list[list[int]]()
    for _ in range(draw(st.integers(1, 3))):
        heights = st.integers(0, 60)
        stair = sorted(
            draw(st.lists(heights, min_size=shared_max + 1, max_size=shared_max + 1)), reverse=True
        )
        terms.append(Term(50, lambda shared, own, stair=stair: own >= stair[shared]))
        stairs.append([height if height <= 50 else IMPOSSIBLE for height in stair])
    return shared_max, terms, stairs


@given(staircases())
def test_the_search_finds_the_least_total_whatever_the_shape(
    drawn: tuple[int, list[Term], list[list[int]]],
) -> None:
    shared_max, terms, stairs = drawn
    totals = [shared + sum(stair[shared] for stair in stairs) for shared in range(shared_max + 1)]
    assert fewest(shared_max, terms) == min(IMPOSSIBLE, *totals)
