"""Ratings against an oracle in plain Python, and the laws that any fit of them keeps."""

from collections import defaultdict
from math import isfinite

import evalica
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.ratings.fit import Fit
from projections.ratings.rating import difference
from tests.support.ratings import Pair, count_wins, expected_groups, expected_strengths, fit_pairs

TOOLS_MAX = 6
COUNT = st.integers(0, 9)


@st.composite
def some_pairs(
    draw: st.DrawFn, *, count: st.SearchStrategy[int] = COUNT, connected: bool = False
) -> list[Pair]:
    """Draw rows of matchups; connected ones have a tie between each tool and the next."""
    tools = draw(st.integers(2, TOOLS_MAX))
    drawn = st.tuples(st.permutations(range(tools)), count, count, count)
    rows = [Pair(order[0], order[1], *counts) for order, *counts in draw(st.lists(drawn, max_size=12))]
    steps = [Pair(tool, (tool + 1) % tools, ties=1) for tool in range(tools)] if connected else []
    return steps + rows


def fitted(pairs: list[Pair]) -> Fit:
    return fit_pairs(pairs, tools=TOOLS_MAX)


def found_groups(fit: Fit) -> dict[frozenset[int], dict[int, float]]:
    """Return the strengths of each group that has any."""
    groups: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for tool, rating in enumerate(fit.ratings):
        if rating.strength is not None:
            groups[rating.group][tool] = rating.strength
    return {frozenset(strengths): strengths for strengths in groups.values()}


@given(some_pairs())
def test_strengths_are_those_of_the_oracle(pairs: list[Pair]) -> None:
    found = found_groups(fitted(pairs))
    wins = count_wins(pairs)
    assert set(found) == {group for group in expected_groups(pairs, tools=TOOLS_MAX) if len(group) > 1}
    for group, strengths in found.items():
        assert strengths == pytest.approx(expected_strengths(wins, group), rel=1e-6, abs=1e-6)


def test_strengths_are_those_of_another_library_whatever_the_order_of_the_rows() -> None:
    dice = np.random.default_rng(8)
    left, right = np.triu_indices(60, 1)
    counts = dice.integers(0, 9, (len(left), 3)) * (dice.random((len(left), 1)) < 0.3)
    pairs = [Pair(*map(int, row)) for row in np.column_stack([left, right, counts])]
    winners = [evalica.Winner.X, evalica.Winner.Y, evalica.Winner.Draw]
    rows = [
        (pair, winner, count)
        for pair in pairs
        for winner, count in zip(winners, pair[2:], strict=True)
        if count
    ]
    expected = evalica.bradley_terry(
        [pair.left for pair, _, _ in rows],
        [pair.right for pair, _, _ in rows],
        [winner for _, winner, _ in rows],
        weights=[count for _, _, count in rows],
        tolerance=1e-13,
        limit=100_000,
    ).scores
    expected /= np.exp(np.log(expected).mean())
    for order in (pairs, pairs[::-1], sorted(pairs, key=lambda pair: pair.right)):
        ratings = fit_pairs(order, tools=60).ratings
        assert [rating.strength for rating in ratings] == pytest.approx(list(expected.sort_index()), abs=1e-6)


@given(some_pairs(), st.data())
def test_neither_the_order_of_rows_nor_of_a_pair_changes_anything(
    pairs: list[Pair], data: st.DataObject
) -> None:
    before = fitted(pairs)
    shuffled = [
        pair.swapped() if data.draw(st.booleans()) else pair for pair in data.draw(st.permutations(pairs))
    ]
    after = fitted(shuffled)
    assert after.ratings == before.ratings
    assert np.array_equal(after.correlation, before.correlation)


@given(some_pairs(), st.permutations(range(TOOLS_MAX)))
def test_ratings_do_not_depend_on_which_number_a_tool_has(pairs: list[Pair], numbers: list[int]) -> None:
    renamed = [pair._replace(left=numbers[pair.left], right=numbers[pair.right]) for pair in pairs]
    before, after = fitted(pairs).ratings, fitted(renamed).ratings
    for tool, rating in enumerate(before):
        if rating.score is not None:
            assert after[numbers[tool]].interval == pytest.approx(rating.interval)
            assert after[numbers[tool]].score == pytest.approx(rating.score)


@given(some_pairs(connected=True), st.integers(2, 100))
def test_more_matchups_of_the_same_shares_narrow_intervals_alone(pairs: list[Pair], times: int) -> None:
    multiplied = [Pair(pair.left, pair.right, *(count * times for count in pair[2:])) for pair in pairs]
    before, after = fitted(pairs), fitted(multiplied)
    assert [rating.score for rating in after.ratings] == pytest.approx(
        [rating.score for rating in before.ratings]
    )
    for wide, narrow in zip(scored(before), scored(after), strict=True):
        assert wide[0] < narrow[0] < narrow[1] < wide[1]


def scored(fit: Fit) -> list[tuple[float, float]]:
    """Return the intervals of those with both bounds."""
    bounds = [rating.interval for rating in fit.ratings]
    return [(low, high) for low, high in bounds if low is not None and high is not None]


@given(some_pairs(connected=True))
def test_a_win_more_never_lowers_the_winner_nor_raises_the_loser(pairs: list[Pair]) -> None:
    winner, loser = pairs[-1].left, pairs[-1].right
    before, after = fitted(pairs).ratings, fitted([*pairs, Pair(winner, loser, 1)]).ratings
    assert (after[winner].score or 0) > (before[winner].score or 0)
    assert (after[loser].score or 0) < (before[loser].score or 0)


@given(some_pairs(connected=True))
def test_when_everybody_loses_what_they_won_the_scale_is_turned_over(pairs: list[Pair]) -> None:
    turned = [pair._replace(left_wins=pair.right_wins, right_wins=pair.left_wins) for pair in pairs]
    for (low, high), (turned_low, turned_high) in zip(
        scored(fitted(pairs)), scored(fitted(turned)), strict=True
    ):
        assert (turned_low, turned_high) == (pytest.approx(2000 - high), pytest.approx(2000 - low))


@given(some_pairs(count=st.integers(0, 10**7)))
def test_every_rating_is_finite_and_says_why_it_has_no_score(pairs: list[Pair]) -> None:
    fit = fitted(pairs)
    assert np.isfinite(fit.correlation).all()
    for rating in fit.ratings:
        low, high = rating.interval
        assert all(isfinite(bound) for bound in rating.interval if bound is not None)
        assert (rating.score is None) == (rating.strength is None) == (low is None or high is None)
        if low is not None and high is not None:
            assert rating.score is not None
            assert isfinite(rating.score)
            assert low < rating.score < high
            assert rating.note == (None if rating.group == 0 else "apart")
        else:
            assert rating.note == ("only wins" if low else "only losses" if high else "apart")


@given(some_pairs())
def test_matchups_are_counted(pairs: list[Pair]) -> None:
    for tool, rating in enumerate(fitted(pairs).ratings):
        rows = [pair if pair.left == tool else pair.swapped() for pair in pairs if tool in pair[:2]]
        assert rating.wins == sum(row.left_wins for row in rows)
        assert rating.losses == sum(row.right_wins for row in rows)
        assert rating.ties == sum(row.ties for row in rows)


@given(some_pairs(connected=True))
def test_a_difference_is_no_less_sure_than_the_two_scores_apart(pairs: list[Pair]) -> None:
    fit = fitted(pairs)
    one, other = fit.ratings[0], fit.ratings[1]
    low, high = difference(one, other, correlation=fit.correlation[0, 1])
    ahead = (one.score or 0) - (other.score or 0)
    (one_low, one_high), (other_low, other_high) = scored(fit)[:2]
    assert low is not None
    assert high is not None
    assert one_low - other_high - 1e-6 <= low < ahead < high <= one_high - other_low + 1e-6
