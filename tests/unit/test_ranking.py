"""Ranks with ties shown as ties, and verdicts that leave doubt where there is doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.ids import Position
from projections.ranking import RANKED_VOTES_MIN, rank, rank_tallies, verdict
from projections.scores import Counts, score_of
from projections.wilson import wilson_interval

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


def test_too_few_votes_have_no_rank() -> None:
    few, enough = (RANKED_VOTES_MIN - 1, 0), (RANKED_VOTES_MIN, 0)
    assert rank_tallies({"few": few, "enough": enough}) == {"enough": "1"}
    assert rank_tallies({"few": few}, votes_min=1) == {"few": "1"}


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
    assert verdict(wilson_interval(ship=ship, skip=skip), votes=ship + skip) == words


def test_a_score_names_only_reasons_that_exclude_something() -> None:
    counts = Counts(excluded={"spam": 2, "fraud": 1, "legal": 0})
    score = score_of("hammer", Position(1), counts)
    assert (score.excluded.votes, list(score.excluded.by_reason.items())) == (3, [("fraud", 1), ("spam", 2)])
