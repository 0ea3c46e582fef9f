"""Ranks that tools may have by their ratings, where bounds are missing and groups cannot be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.ratings.ranks import rank_ratings
from projections.ratings.rating import Rating


def rating(low: float | None, high: float | None, group: int = 0) -> Rating:
    return Rating(
        strength=None, score=None, interval=(low, high), group=group, note=None, wins=0, losses=0, ties=0
    )


@pytest.mark.parametrize(
    ("ratings", "ranks"),
    [
        ([], []),
        ([rating(900, 950), rating(1100, 1200), rating(960, 1050)], ["3", "1", "2"]),
        (
            [rating(1100, 1200), rating(1000, 1150), rating(900, 1010), rating(700, 800)],
            ["1-2", "1-3", "2-3", "4"],
        ),
        ([rating(1100, None), rating(900, 1000), rating(None, 800)], ["1", "2", "3"]),
        ([rating(950, None), rating(900, 1000), rating(None, 960)], ["1-3", "1-3", "1-3"]),
        ([rating(1100, 1200), rating(900, 1000), rating(1500, 1600, 1)], ["1-2", "2-3", "1-3"]),
        ([rating(None, None, 1), rating(None, None, 2)], ["1-2", "1-2"]),
    ],
)
def test_a_tool_stands_behind_those_alone_that_are_surely_better(
    ratings: list[Rating], ranks: list[str]
) -> None:
    assert rank_ratings(ratings) == ranks


BOUND = st.none() | st.integers(800, 1200)


@st.composite
def some_ratings(draw: st.DrawFn) -> Rating:
    low, high = draw(BOUND), draw(BOUND)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    return rating(low, high, draw(st.integers(0, 2)))


def is_below(one: Rating, other: Rating) -> bool:
    """Tell whether the one surely stands behind the other."""
    low, high = other.interval[0], one.interval[1]
    return one.group == other.group and low is not None and high is not None and high < low


@given(st.lists(some_ratings(), max_size=10))
def test_a_rank_counts_who_is_surely_better_and_surely_worse(ratings: list[Rating]) -> None:
    for own, rank in zip(ratings, rank_ratings(ratings), strict=True):
        best = 1 + sum(is_below(own, other) for other in ratings)
        worst = len(ratings) - sum(is_below(other, own) for other in ratings)
        assert rank == (str(best) if best == worst else f"{best}-{worst}")
