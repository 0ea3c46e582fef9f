"""Ranks with ties shown as ties."""

from hypothesis import given
from hypothesis import strategies as st

from projections.ranking import rank

bounds = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda pair: (min(pair), max(pair)))


def test_intervals_that_do_not_meet_have_one_rank_each() -> None:
    assert rank({"a": (0.1, 0.2), "b": (0.7, 0.9), "c": (0.3, 0.6)}) == {"a": "3", "b": "1", "c": "2"}


def test_intervals_that_overlap_share_the_ranks_they_may_have() -> None:
    intervals = {"a": (0.7, 0.9), "b": (0.4, 0.75), "c": (0.3, 0.5), "d": (0.1, 0.2)}
    assert rank(intervals) == {"a": "1-2", "b": "1-3", "c": "2-3", "d": "4"}


def test_nobody_has_a_rank_where_nobody_is() -> None:
    assert rank({}) == {}


@given(st.dictionaries(st.integers(), bounds, max_size=12))
def test_a_rank_counts_who_is_surely_better_and_surely_worse(
    intervals: dict[int, tuple[float, float]],
) -> None:
    ranks = rank(intervals)
    for tool, (low, high) in intervals.items():
        best = 1 + sum(other_low > high for other_low, _ in intervals.values())
        worst = len(intervals) - sum(other_high < low for _, other_high in intervals.values())
        assert ranks[tool] == (str(best) if best == worst else f"{best}-{worst}")
