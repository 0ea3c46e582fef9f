"""Rules against published intervals, against what has been published under them, and by name."""

from statistics import NormalDist

import pytest

from projections.rules.difference import difference_interval
from projections.rules.preference import preference_interval
from projections.rules.registry import RULES, RuleNotFoundError, rule_named
from projections.rules.rule import Rule
from projections.rules.tallies import PreferenceTally, Tally
from projections.wilson import wilson_interval

Z_95 = 1.959964

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Each pair is ship votes and all votes. Table II, method 10 of Newcombe (1998), "Interval estimation
        # for the difference between independent proportions", Statistics in Medicine 17, 873-890.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_interval_of_a_difference_is_the_published_one(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    left, right = (Tally(ship=ship, skip=votes - ship) for ship, votes in (one, other))
    found = difference_interval(left, right, z=Z_95)
    assert tuple(round(bound, 4) for bound in found) == (low, high)


def test_the_interval_of_a_preference_is_the_published_one() -> None:
    # Fagerland, Lydersen and Laake (2014), "Recommended tests and confidence intervals for paired binomial
    # proportions", Statistics in Medicine 33, 2850-2875: 1 and 7 discordant pairs of 21, Tango's interval.
    low, high = preference_interval(PreferenceTally(wins=1, losses=7, ties=13), z=Z_95)
    assert (round(2 * low - 1, 3), round(2 * high - 1, 3)) == (-0.517, -0.026)


def test_without_votes_nothing_is_known() -> None:
    assert difference_interval(Tally(), Tally(ship=3, skip=1), z=Z_95) == (-1.0, 1.0)
    assert difference_interval(Tally(ship=3, skip=1), Tally(), z=Z_95) == (-1.0, 1.0)
    assert preference_interval(PreferenceTally(), z=Z_95) == (0.0, 1.0)


def test_the_first_rule_says_what_has_been_published_under_its_name() -> None:
    rule = rule_named("2026-11")
    assert (rule.ranked_votes_min, rule.ranked_reviews_min) == (5, 1)
    for ship in range(40):
        for skip in range(40):
            low, high = wilson_interval(ship=ship, skip=skip, z=Z_95)
            assert rule.interval(Tally(ship=ship, skip=skip)) == (low, high)


@pytest.mark.parametrize(
    ("ship", "skip", "words"),
    [
        (0, 0, None),
        (1, 1, "too close to call"),
        (90, 10, "ship"),
        (10, 90, "skip"),
        (3, 0, "too close to call"),
    ],
)
def test_a_verdict_is_given_where_the_interval_leaves_no_doubt(
    ship: int, skip: int, words: str | None
) -> None:
    assert rule_named("2026-11").verdict(Tally(ship=ship, skip=skip)) == words


@each_rule
def test_too_few_votes_have_no_rank(rule: Rule) -> None:
    tallies = {"few": Tally(ship=rule.ranked_votes_min - 1), "enough": Tally(ship=rule.ranked_votes_min)}
    assert rule.ranks(tallies, votes_min=rule.ranked_votes_min) == {"enough": "1"}
    assert rule.ranks({"few": tallies["few"]}, votes_min=1) == {"few": "1"}


def test_the_second_rule_wants_seven_ship_votes_of_seven_where_the_first_wants_four() -> None:
    for name, enough in (("2026-11", 4), ("2026-12", 7)):
        rule = rule_named(name)
        assert rule.verdict(Tally(ship=enough)) == "ship"
        assert rule.verdict(Tally(ship=enough - 1)) == "too close to call"


@each_rule
def test_a_rule_bears_the_quantile_of_its_confidence(rule: Rule) -> None:
    assert rule.z == pytest.approx(NormalDist().inv_cdf((1 + rule.confidence) / 2), abs=1e-6)


@each_rule
def test_a_rule_says_what_it_does_and_why(rule: Rule) -> None:
    assert rule_named(rule.name) is rule
    assert f"{100 * rule.confidence:.0f} %" in rule.summary
    assert str(rule.lead_votes_min) in rule.summary
    assert rule.reason


def test_no_name_is_used_twice() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_who_asks_for_an_unknown_rule_is_told_which_there_are() -> None:
    with pytest.raises(RuleNotFoundError, match=r"no rule '2031-01', only 2026-11, 2026-12"):
        rule_named("2031-01")


def test_a_few_votes_lead_nothing_however_they_fall() -> None:
    rule = rule_named("2026-11")
    enough, few = Tally(ship=5), Tally(skip=4)
    assert not rule.leads(ahead=enough, behind=few, votes_min=rule.lead_votes_min)
    assert rule.leads(ahead=enough, behind=Tally(skip=5), votes_min=rule.lead_votes_min)
    assert not rule.is_preferred(PreferenceTally(wins=4, ties=100))
    assert rule.is_preferred(PreferenceTally(wins=5, ties=100))


@pytest.mark.parametrize(
    ("leaders", "voted", "strength", "pick"),
    [
        (("a", "a", "a"), True, "clear", "a"),
        (("a", None, "a"), True, "clear", "a"),
        (("a", "a", "b"), True, "split", None),
        (("a", "b", None), True, "split", None),
        ((None, "b", None), True, "leaning", "b"),
        ((None, None, None), True, "too close to call", None),
        ((None, None, None), False, "no votes", None),
    ],
)
def test_a_verdict_is_composed_of_who_leads(
    leaders: tuple[str | None, ...], *, voted: bool, strength: str, pick: str | None
) -> None:
    assert rule_named("2026-11").conclude(leaders, voted=voted) == (strength, pick)
