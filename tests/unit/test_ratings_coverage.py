"""Intervals of ratings hold true strengths as often as they say; `make bench` looks at more of them."""

import pytest

from tests.support.ratings_coverage import cover

ROUNDS = {2: 1_000, 5: 500, 20: 100}


@pytest.mark.parametrize(
    ("tools", "matchups"), [(2, 30), (2, 300), (2, 3000), (5, 30), (5, 300), (5, 3000), (20, 300), (20, 3000)]
)
@pytest.mark.parametrize("tie", [0.0, 0.6])
def test_intervals_hold_the_truth_95_times_in_100(tools: int, matchups: int, tie: float) -> None:
    found = cover(tools=tools, matchups=matchups, tie=tie, rounds=ROUNDS[tools], seed=4)
    assert 0.93 <= found.scores <= 0.97
    assert found.unbounded < 0.03


@pytest.mark.parametrize("tie", [0.0, 0.6])
def test_intervals_of_differences_hold_the_truth_95_times_in_100(tie: float) -> None:
    found = cover(tools=5, matchups=100, tie=tie, rounds=1_000, seed=4)
    assert 0.93 <= found.differences <= 0.97


def test_with_too_few_matchups_intervals_are_too_wide_rather_than_too_narrow() -> None:
    found = cover(tools=20, matchups=30, tie=0, rounds=100, seed=4)
    assert found.scores > 0.97
    assert found.one_sided > 0.1
    assert found.unbounded > 0.3
