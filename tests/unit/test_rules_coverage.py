"""That intervals hold the truth as often as their rule says; more draws are made in the benchmarks."""

from collections.abc import Callable

import pytest

from projections.rules.registry import RULES
from projections.rules.rule import Rule
from tests.support.coverage import difference_coverage, preference_coverage, share_coverage

WITHIN = 0.4
"""Share of the chance to miss: 95 % intervals are to hold the truth 93 to 97 % of the time."""


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
@pytest.mark.parametrize("votes", [30, 300, 3_000])
@pytest.mark.parametrize(
    ("cover", "draws"),
    [(share_coverage, 2_000), (difference_coverage, 1_000), (preference_coverage, 300)],
    ids=["share", "difference", "preference"],
)
def test_intervals_hold_the_truth_as_often_as_their_rule_says(
    rule: Rule, votes: int, cover: Callable[..., float], draws: int
) -> None:
    found = cover(rule, votes=votes, draws=draws, seed=7)
    assert found == pytest.approx(rule.confidence, abs=WITHIN * (1 - rule.confidence))
