"""Ratings against published figures, and what becomes of tools that have no score."""

from math import isfinite, log10

import numpy as np
import pytest

from projections.ratings.maximum import maximise
from projections.ratings.rating import Bounds, Rating, difference, notes_among
from tests.support.ratings import Z_95, Pair, fit_pairs

Z_99 = 2.575829
TRIANGLE = [Pair(0, 1, 3, 1), Pair(1, 2, 3, 1), Pair(2, 0, 3, 1)]
"""Three tools of one strength."""

AMERICAN_LEAGUE = ("Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore")
WINS_1987 = (
    (0, 7, 9, 7, 7, 9, 11),
    (6, 0, 7, 5, 11, 9, 9),
    (4, 6, 0, 7, 7, 8, 12),
    (6, 8, 6, 0, 6, 7, 10),
    (6, 2, 6, 7, 0, 7, 12),
    (4, 4, 5, 6, 6, 0, 6),
    (2, 4, 1, 3, 1, 7, 0),
)


def rated(*pairs: Pair, tools: int) -> tuple[Rating, ...]:
    return fit_pairs(pairs, tools=tools).ratings


def test_the_fit_of_a_baseball_season_is_the_published_one() -> None:
    # Agresti (2002), "Categorical Data Analysis", 2nd edition, section 10.6: log strengths over Baltimore's.
    logs = maximise(np.array(WINS_1987, np.float64)).logs
    assert [round(float(each - logs[-1]), 3) for each in logs] == [
        1.581,
        1.436,
        1.294,
        1.248,
        1.108,
        0.684,
        0,
    ]


def test_two_tools_are_as_far_apart_as_their_odds() -> None:
    one, other = rated(Pair(0, 1, 9, 3), tools=2)
    assert one.score == pytest.approx(1000 + 200 * log10(3))
    assert other.score == pytest.approx(1000 - 200 * log10(3))
    assert (one.strength, other.strength) == (pytest.approx(3**0.5), pytest.approx(3**-0.5))
    assert (one.group, one.note, one.wins, one.losses, one.ties) == (0, None, 9, 3, 0)


def test_a_tie_is_half_a_win_for_each() -> None:
    tied, won = rated(Pair(0, 1, 5, 1, ties=2), tools=2), rated(Pair(0, 1, 6, 2), tools=2)
    assert [each.strength for each in tied] == pytest.approx([each.strength for each in won])
    assert [each.ties for each in tied] == [2, 2]


def test_ties_leave_less_doubt_than_as_many_wins_and_losses() -> None:
    assert width(rated(Pair(0, 1, ties=8), tools=2)[0]) < width(rated(Pair(0, 1, 4, 4), tools=2)[0])


def test_a_few_ties_and_nothing_else_do_not_make_anything_certain() -> None:
    assert width(rated(Pair(0, 1, ties=5), tools=2)[0]) > 100


def width(rating: Rating) -> float:
    low, high = rating.interval
    assert low is not None
    assert high is not None
    return high - low


def test_who_lost_little_has_more_room_above_than_below() -> None:
    best = rated(Pair(0, 1, 29, 1), tools=2)[0]
    low, high = best.interval
    assert low is not None
    assert best.score is not None
    assert high is not None
    assert high - best.score > 1.5 * (best.score - low)


def test_who_won_everything_has_the_lower_bound_of_clopper_and_pearson() -> None:
    # Ten wins out of ten leave a share of at least 0.6915.
    *_, winner, loser = rated(*TRIANGLE, Pair(3, 0, 10, 0), Pair(1, 4, 10, 0), tools=5)
    bound = 400 * log10(0.6915 / 0.3085)
    assert winner.interval == (pytest.approx(1000 + bound, abs=0.1), None)
    assert loser.interval == (None, pytest.approx(1000 - bound, abs=0.1))
    assert (winner.note, winner.score, winner.strength, winner.group) == ("only wins", None, None, 0)
    assert (loser.note, loser.score, loser.strength, loser.group) == ("only losses", None, None, 0)


def test_who_beats_many_tools_is_bounded_by_all_of_them() -> None:
    few = rated(*TRIANGLE, Pair(3, 0, 2, 0), tools=4)[3]
    many = rated(*TRIANGLE, Pair(3, 0, 2, 0), Pair(3, 1, 3, 0), tools=4)[3]
    assert few.interval[0] is not None
    assert many.interval[0] is not None
    assert many.interval[0] > few.interval[0]


def test_tools_without_a_score_move_nobody_else() -> None:
    alone = rated(*TRIANGLE, Pair(0, 1, 5, 0), tools=3)
    joined = rated(*TRIANGLE, Pair(0, 1, 5, 0), Pair(3, 0, 7, 0), Pair(4, 5, 1, 1), tools=6)
    assert [each.interval for each in joined[:3]] == [each.interval for each in alone]
    assert [each.score for each in joined[:3]] == [each.score for each in alone]


def test_a_group_apart_has_a_scale_of_its_own() -> None:
    *_, one, other = rated(*TRIANGLE, Pair(0, 3, 9, 0), Pair(3, 4, 2, 1), tools=5)
    assert (one.note, other.note) == ("apart", "apart")
    assert one.group == other.group != 0
    assert one.score == pytest.approx(1000 + 200 * log10(2))


def test_the_main_group_is_that_of_most_tools_then_most_matchups() -> None:
    few, many = Pair(0, 1, 1, 1), Pair(2, 3, 2, 2)
    assert [each.note for each in rated(few, many, tools=4)] == ["apart", "apart", None, None]
    assert [each.note for each in rated(few, many, Pair(1, 4, 1, 1), tools=5)] == [
        None,
        None,
        "apart",
        "apart",
        None,
    ]


def test_nobody_has_a_scale_before_two_tools_have_beaten_each_other() -> None:
    ratings = rated(Pair(0, 1, 30, 0), Pair(1, 2, 30, 0), tools=4)
    assert {(each.note, each.score, each.interval) for each in ratings} == {("apart", None, (None, None))}
    assert len({each.group for each in ratings}) == 4
    assert [(each.wins, each.losses) for each in ratings] == [(30, 0), (30, 30), (0, 30), (0, 0)]


def test_more_confidence_widens_intervals_and_moves_no_score() -> None:
    pairs = [*TRIANGLE, Pair(0, 1, 5, 2), Pair(3, 0, 10, 0)]
    narrow, wide = fit_pairs(pairs, tools=4).ratings, fit_pairs(pairs, tools=4, z=Z_99).ratings
    assert [each.score for each in wide] == [each.score for each in narrow]
    assert all(width(more) > width(less) for more, less in zip(wide[:3], narrow[:3], strict=True))
    # Ten wins out of ten leave a share of 0.5887 at least, in 99 of 100 cases on either side.
    bound = 400 * log10(0.5887 / 0.4113)
    *_, winner = fit_pairs([*TRIANGLE, Pair(3, 0, 10, 0)], tools=4, z=Z_99).ratings
    assert winner.interval == (pytest.approx(1000 + bound, abs=0.1), None)


def test_two_tools_at_99_percent_have_intervals_wider_by_the_quantiles() -> None:
    narrow, wide = (fit_pairs([Pair(0, 1, 5_000, 5_000)], tools=2, z=z).ratings[0] for z in (Z_95, Z_99))
    assert width(wide) / width(narrow) == pytest.approx(Z_99 / Z_95, rel=1e-3)


def test_no_tools_have_no_ratings() -> None:
    assert fit_pairs([], tools=0).ratings == ()


def test_without_a_maximum_there_is_no_fit() -> None:
    with pytest.raises(ArithmeticError):
        maximise(np.array([[0, 1], [0, 0]], np.float64))


@pytest.mark.parametrize(
    ("pairs", "first", "second"),
    [
        ([Pair(0, 1, 1, 10**9)], 1, 0),
        ([Pair(tool, tool + 1, 10**6, 1) for tool in range(20)], 0, 20),
        ([Pair(tool, tool + 1, 30, 1) for tool in range(300)], 0, 300),
    ],
)
def test_however_far_tools_are_apart_their_ratings_are_finite(
    pairs: list[Pair], first: int, second: int
) -> None:
    ratings = rated(*pairs, tools=len(pairs) + 1)
    expected = sum(400 * log10(max(pair[2:4]) / min(pair[2:4])) for pair in pairs)
    ahead = difference(ratings[first], ratings[second], correlation=0)
    assert None not in ahead
    assert all(isfinite(rating.strength or 0) for rating in ratings)
    assert (ratings[first].score or 0) - (ratings[second].score or 0) == pytest.approx(expected)


def test_the_difference_of_two_tools_is_twice_what_each_is_off_the_mean() -> None:
    fitted = fit_pairs([Pair(0, 1, 20, 10)], tools=2)
    one, other = fitted.ratings
    low, high = difference(one, other, correlation=fitted.correlation[0, 1])
    assert low == pytest.approx(2 * ((one.interval[0] or 0) - 1000))
    assert high == pytest.approx(2 * ((one.interval[1] or 0) - 1000))


def test_differences_mirror_each_other() -> None:
    fitted = fit_pairs([*TRIANGLE, Pair(0, 1, 9, 0)], tools=3)
    low, high = difference(fitted.ratings[0], fitted.ratings[1], correlation=fitted.correlation[0, 1])
    mirrored = difference(fitted.ratings[1], fitted.ratings[0], correlation=fitted.correlation[1, 0])
    assert low is not None
    assert high is not None
    assert mirrored == (pytest.approx(-high), pytest.approx(-low))


def bounded(low: float | None, high: float | None, *, group: int = 0) -> Rating:
    score = None if low is None or high is None else (low + high) / 2
    return Rating(
        strength=None, score=score, interval=(low, high), group=group, note=None, wins=0, losses=0, ties=0
    )


@pytest.mark.parametrize(
    ("first", "second", "ahead"),
    [
        (bounded(1100, None), bounded(900, 1000), (100, None)),
        (bounded(900, 1000), bounded(1100, None), (None, -100)),
        (bounded(None, 800), bounded(900, 1000), (None, -100)),
        (bounded(1100, None), bounded(None, 800), (300, None)),
        (bounded(1100, None), bounded(1200, None), (None, None)),
        (bounded(1100, 1200), bounded(900, 1000, group=1), (None, None)),
        (bounded(1100, 1140), bounded(970, 1030), (120 - 1300**0.5, 120 + 1300**0.5)),
    ],
)
def test_a_difference_has_the_bounds_that_both_tools_allow(
    first: Rating, second: Rating, ahead: Bounds
) -> None:
    assert difference(first, second, correlation=0) == pytest.approx(ahead)


def test_on_which_scale_tools_stand_depends_on_who_stands_there() -> None:
    ratings = rated(*TRIANGLE, Pair(3, 4, 2, 1), tools=5)
    assert notes_among(ratings) == [None, None, None, "apart", "apart"]
    assert notes_among(ratings[3:]) == [None, None]
    assert notes_among(ratings[2:]) == ["apart", None, None]
    assert notes_among(ratings[2:4]) == [None, "apart"]
    assert notes_among([]) == []


def test_on_no_scale_a_tool_without_a_score_has_one() -> None:
    ratings = rated(Pair(0, 1, 2, 0), Pair(2, 3, 1, 1), Pair(4, 2, 1, 0), tools=5)
    assert notes_among(ratings[:2]) == ["apart", "apart"]
    assert notes_among(ratings[2:]) == [None, None, "only wins"]
