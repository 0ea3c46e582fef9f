"""The laws that every rule has to keep, on which readers and the search for fragile leads rely."""

from math import isclose, log, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from projections.rules.registry import RULES
from projections.rules.rule import Rule
from projections.rules.tallies import PreferenceTally, Tally
from tests.support.comparing import preferences, rules, tallies

NOISE = 1e-12
"""The error of floating point."""

MANY = 10**6

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
counts = st.integers(0, MANY)
tally = tallies(MANY) | tallies(12)
preference = preferences(MANY) | preferences(12)


def turned(votes: Tally) -> Tally:
    """Exchange ship and skip."""
    return Tally(ship=votes.skip, skip=votes.ship)


@each_rule
@given(votes=tally)
def test_an_interval_holds_its_share_and_stays_within_0_and_1(rule: Rule, votes: Tally) -> None:
    low, high = rule.interval(votes)
    assert 0 <= low <= high <= 1
    if votes.share is not None:
        assert low - NOISE <= votes.share <= high + NOISE


@each_rule
@given(votes=tally)
def test_another_ship_vote_lowers_no_bound_and_raises_the_share(rule: Rule, votes: Tally) -> None:
    more = Tally(ship=votes.ship + 1, skip=votes.skip)
    for before, after in zip(rule.interval(votes), rule.interval(more), strict=True):
        assert before <= after + NOISE
    if rule.verdict(votes) == "ship":
        assert rule.verdict(more) == "ship"


@each_rule
@given(votes=tally)
def test_exchanging_ship_and_skip_mirrors_interval_and_verdict(rule: Rule, votes: Tally) -> None:
    low, high = rule.interval(votes)
    assert rule.interval(turned(votes)) == pytest.approx((1 - high, 1 - low), abs=NOISE)
    mirror = {"ship": "skip", "skip": "ship"}
    verdict = rule.verdict(votes)
    assert rule.verdict(turned(votes)) == mirror.get(verdict or "", verdict)


@each_rule
@given(votes=tallies(1000), times=st.integers(2, 100))
def test_more_votes_of_the_same_share_narrow_its_interval(rule: Rule, votes: Tally, times: int) -> None:
    low, high = rule.interval(votes)
    closer = rule.interval(Tally(ship=votes.ship * times, skip=votes.skip * times))
    assert closer[1] - closer[0] <= high - low + NOISE


@each_rule
@given(left=tally, right=tally)
def test_the_interval_of_a_difference_holds_it_and_is_mirrored_with_the_pair(
    rule: Rule, left: Tally, right: Tally
) -> None:
    low, high = rule.difference(left, right)
    assert -1 <= low <= high <= 1
    if left.share is not None and right.share is not None:
        assert low <= left.share - right.share <= high
    assert rule.difference(right, left) == (-high, -low)
    assert rule.difference(turned(right), turned(left)) == pytest.approx((low, high), abs=1e-9)


@each_rule
@given(left=tallies(1000), right=tallies(1000), times=st.integers(2, 100))
def test_more_votes_of_the_same_shares_narrow_the_interval_of_their_difference(
    rule: Rule, left: Tally, right: Tally, times: int
) -> None:
    low, high = rule.difference(left, right)
    many = [Tally(ship=votes.ship * times, skip=votes.skip * times) for votes in (left, right)]
    closer = rule.difference(*many)
    assert closer[1] - closer[0] <= high - low + NOISE


@given(rule=rules | st.sampled_from(RULES), ahead=tally, behind=tally, votes_min=st.integers(1, 30))
def test_a_lead_keeps_the_laws_that_the_search_for_removals_relies_on(
    rule: Rule, ahead: Tally, behind: Tally, votes_min: int
) -> None:
    def leads(one: Tally, other: Tally) -> bool:
        return rule.leads(ahead=one, behind=other, votes_min=votes_min)

    def less(votes: Tally, *, ship: int = 0, skip: int = 0) -> Tally:
        return Tally(ship=votes.ship - ship, skip=votes.skip - skip)

    assert not (leads(ahead, behind) and leads(behind, ahead))
    if leads(ahead, behind):
        assert leads(less(ahead, ship=-1), behind)
        assert leads(ahead, less(behind, skip=-1))
        if ahead.skip and ahead.votes > votes_min:
            assert leads(less(ahead, skip=1), behind)
        if behind.ship and behind.votes > votes_min:
            assert leads(ahead, less(behind, ship=1))
    if ahead.ship and ahead.skip and leads(less(ahead, ship=1), behind):
        assert leads(less(ahead, skip=1), behind)
    if behind.ship and behind.skip and leads(ahead, less(behind, skip=1)):
        assert leads(ahead, less(behind, ship=1))


@each_rule
@given(ahead=tally, behind=tally)
def test_one_leads_exactly_where_votes_are_enough_and_the_interval_leaves_no_doubt(
    rule: Rule, ahead: Tally, behind: Tally
) -> None:
    low, _ = rule.difference(ahead, behind)
    enough = min(ahead.votes, behind.votes) >= rule.lead_votes_min
    assert rule.leads(ahead=ahead, behind=behind, votes_min=rule.lead_votes_min) == (enough and low > 0)


@each_rule
@given(seen=preference)
def test_the_interval_of_a_preference_holds_it_and_is_mirrored_with_the_pair(
    rule: Rule, seen: PreferenceTally
) -> None:
    low, high = rule.preference(seen)
    assert -NOISE <= low <= high <= 1 + NOISE
    if seen.share is not None:
        assert low - NOISE <= seen.share <= high + NOISE
    assert rule.preference(seen.mirrored()) == pytest.approx((1 - high, 1 - low), abs=NOISE)


@each_rule
@given(wins=counts, losses=counts)
def test_without_ties_the_interval_of_a_preference_is_that_of_a_share(
    rule: Rule, wins: int, losses: int
) -> None:
    found = rule.preference(PreferenceTally(wins=wins, losses=losses))
    assert found == pytest.approx(rule.interval(Tally(ship=wins, skip=losses)), abs=1e-9)


@each_rule
@given(seen=preference)
def test_who_is_preferred_is_told_by_the_interval_alone_given_enough_votes(
    rule: Rule, seen: PreferenceTally
) -> None:
    low, high = rule.preference(seen)
    enough = seen.decided >= rule.lead_votes_min
    assert rule.is_preferred(seen) == (enough and low > 1 / 2)
    assert rule.is_preferred(seen.mirrored()) == (enough and high < 1 / 2)


@given(rule=rules | st.sampled_from(RULES), seen=preference, ties=st.integers(0, 100))
def test_a_preference_keeps_the_laws_that_the_search_for_removals_relies_on(
    rule: Rule, seen: PreferenceTally, ties: int
) -> None:
    wins, losses = seen.wins, seen.losses
    assert rule.is_preferred(PreferenceTally(wins=wins, losses=losses, ties=ties)) == rule.is_preferred(seen)
    if rule.is_preferred(seen):
        assert rule.is_preferred(PreferenceTally(wins=wins + 1, losses=losses))
        if losses and seen.decided > rule.lead_votes_min:
            assert rule.is_preferred(PreferenceTally(wins=wins, losses=losses - 1))
    if wins and losses and rule.is_preferred(PreferenceTally(wins=wins - 1, losses=losses)):
        assert rule.is_preferred(PreferenceTally(wins=wins, losses=losses - 1))


@given(seen=preferences(60), rule=st.sampled_from(RULES))
def test_the_bounds_of_a_preference_are_where_the_likeliest_truth_is_as_unlikely_as_allowed(
    seen: PreferenceTally, rule: Rule
) -> None:
    assume(seen.wins)
    assume(seen.losses)
    for bound, sign in zip(rule.preference(seen), (1, -1), strict=True):
        lead = 2 * bound - 1
        loss = likeliest_loss(seen, lead)
        variance = seen.votes * (2 * loss + lead - lead * lead)
        score = (seen.wins - seen.losses - seen.votes * lead) / sqrt(variance)
        assert isclose(sign * score, rule.z, rel_tol=1e-4)


def likeliest_loss(seen: PreferenceTally, lead: float) -> float:
    """Find the probability of a loss that makes the votes likeliest, where wins exceed losses by `lead`."""

    def likelihood(loss: float) -> float:
        tie = 1 - 2 * loss - lead
        ties = seen.ties * log(max(tie, 1e-300)) if seen.ties else 0.0
        return seen.wins * log(max(loss + lead, 1e-300)) + seen.losses * log(max(loss, 1e-300)) + ties

    low, high = max(0.0, -lead), (1 - lead) / 2
    for _ in range(100):
        third = (high - low) / 3
        if likelihood(low + third) < likelihood(high - third):
            low += third
        else:
            high -= third
    return (low + high) / 2
