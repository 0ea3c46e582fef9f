"""Ranks within a category, and verdicts."""

import pytest

from events.ids import Position
from projections.ranking import rank, verdict
from projections.scores import Counts, score_of


def of(ship: int, skip: int) -> Counts:
    return Counts(ship=ship, skip=skip)


def test_many_good_votes_outrank_few_perfect_ones() -> None:
    assert rank({"few": of(2, 0), "many": of(90, 10), "poor": of(10, 90)}) == {"many": 1, "few": 2, "poor": 3}


def test_equals_share_the_better_rank_and_the_next_is_skipped() -> None:
    assert rank({"a": of(5, 5), "b": of(50, 0), "c": of(5, 5), "d": of(0, 9)}) == {
        "b": 1,
        "a": 2,
        "c": 2,
        "d": 4,
    }


def test_a_tool_without_votes_has_no_rank() -> None:
    assert rank({"a": of(0, 0), "b": of(0, 1)}) == {"b": 1}
    assert rank({}) == {}


@pytest.mark.parametrize(
    ("ship", "skip", "said"),
    [
        (0, 0, None),
        (60, 20, "ship"),
        (20, 60, "skip"),
        (5, 5, "too close to call"),
        (1, 0, "too close to call"),
    ],
)
def test_a_verdict_needs_an_interval_on_one_side_of_half(ship: int, skip: int, said: str | None) -> None:
    assert verdict(of(ship, skip)) == said


def test_a_score_names_only_reasons_that_exclude_something() -> None:
    counts = Counts(excluded={"spam": 2, "fraud": 1, "legal": 0})
    score = score_of("hammer", Position(1), counts)
    assert (score.excluded.votes, list(score.excluded.by_reason.items())) == (3, [("fraud", 1), ("spam", 2)])
