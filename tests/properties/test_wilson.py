"""The Wilson interval against published values and its laws."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.wilson import wilson_interval

Z = 1.959964
"""Of 95 %."""

VOTES = st.integers(min_value=0, max_value=10**12)


@pytest.mark.parametrize(
    ("ship", "votes", "low", "high"),
    [
        # Newcombe (1998), "Two-sided confidence intervals for the single proportion", Statistics in
        # Medicine 17, 857-872, table I, method 3 (score without continuity correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(ship: int, votes: int, low: float, high: float) -> None:
    found = wilson_interval(ship=ship, skip=votes - ship, z=Z)
    assert tuple(round(bound, 4) for bound in found) == (low, high)


def test_without_votes_nothing_is_known() -> None:
    assert wilson_interval(ship=0, skip=0, z=Z) == (0.0, 1.0)


@given(ship=VOTES, skip=VOTES)
def test_the_interval_holds_the_share_and_stays_within_0_and_1(ship: int, skip: int) -> None:
    low, high = wilson_interval(ship=ship, skip=skip, z=Z)
    assert 0.0 <= low <= high <= 1.0
    if ship + skip:
        share = ship / (ship + skip)
        assert low - 1e-12 <= share <= high + 1e-12


@given(ship=VOTES, skip=VOTES)
def test_shipping_and_skipping_mirror_each_other(ship: int, skip: int) -> None:
    low, high = wilson_interval(ship=ship, skip=skip, z=Z)
    mirrored_low, mirrored_high = wilson_interval(ship=skip, skip=ship, z=Z)
    assert isclose(low, 1 - mirrored_high, abs_tol=1e-9)
    assert isclose(high, 1 - mirrored_low, abs_tol=1e-9)


@given(ship=st.integers(0, 10**6), skip=st.integers(0, 10**6))
def test_one_more_ship_vote_never_lowers_a_bound(ship: int, skip: int) -> None:
    before = wilson_interval(ship=ship, skip=skip, z=Z)
    after = wilson_interval(ship=ship + 1, skip=skip, z=Z)
    assert after[0] >= before[0] - 1e-12
    assert after[1] >= before[1] - 1e-12


@given(ship=st.integers(0, 10**4), skip=st.integers(0, 10**4), times=st.integers(2, 100))
def test_more_votes_of_the_same_share_narrow_the_interval(ship: int, skip: int, times: int) -> None:
    low, high = wilson_interval(ship=ship, skip=skip, z=Z)
    closer_low, closer_high = wilson_interval(ship=ship * times, skip=skip * times, z=Z)
    assert closer_high - closer_low <= high - low + 1e-12
