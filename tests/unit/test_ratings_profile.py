"""Intervals of ratings against the likelihood profile that they stand for."""

import numpy as np
import pytest

from projections.ratings.maximum import maximise
from projections.ratings.profile import intervals
from tests.support.ratings_profile import profile_fall

FALL = 3.84


def test_two_tools_have_the_bounds_of_the_profile() -> None:
    wins = np.array([[0, 29], [1, 0]], np.float64)
    maximum = maximise(wins)
    for bounds in intervals(wins, maximum, fall=FALL):
        for tool in (0, 1):
            found = profile_fall(wins, maximum.logs, tool=tool, held=bounds[tool])
            assert found == pytest.approx(FALL, abs=1e-6)


def test_twenty_tools_have_the_bounds_of_the_profile_but_for_a_thousandth() -> None:
    dice = np.random.default_rng(3)
    wins = dice.integers(0, 9, (20, 20)) * (1 - np.eye(20))
    maximum = maximise(wins)
    for bounds in intervals(wins, maximum, fall=FALL):
        for tool in range(20):
            found = profile_fall(wins, maximum.logs, tool=tool, held=bounds[tool])
            assert (found / FALL) ** 0.5 == pytest.approx(1, abs=0.001)
