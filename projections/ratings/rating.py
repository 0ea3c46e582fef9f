"""The rating of a tool, its scale, and the difference of two ratings."""

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt
from typing import Final, Literal

from msgspec import Struct

SCORE_MEAN: Final = 1000.0
"""The score of a tool as strong as its group's geometric mean."""

SCORE_PER_LOG: Final = 400 / log(10)
"""Points for each unit of log strength: 400 points more make ten times the odds.

Source: Elo (1978), "The Rating of Chessplayers, Past and Present", in the logistic form used since.
"""

MAIN_GROUP: Final = 0

Bounds = tuple[float | None, float | None]
"""Lower and upper bound in points; None where there is no such bound."""

Note = Literal["only wins", "only losses", "apart"]


class Rating(Struct, frozen=True, kw_only=True):
    """One tool's rating.

    Attributes:
        strength: Relative to the geometric mean of its group; None where no maximum exists.
        score: 1000 + 400 log10 of the strength; None where there is none.
        interval: Bounds of the score, at the confidence of the fit and on the scale of its group.
        group: Tools of one group stand on one scale, those of different groups cannot be compared. 0 is the
            main group, which takes in the tools that have but one bound on its scale.
        note: Why a tool has no score on the main scale; None if it has one. "only wins" won all its matchups
            with tools of the main group, "only losses" lost them all; "apart" cannot be compared with them.
        wins: Matchups won, against any tool.
        losses: Matchups lost.
        ties: Matchups tied.
    """

    strength: float | None
    score: float | None
    interval: Bounds
    group: int
    note: Note | None
    wins: int
    losses: int
    ties: int


def notes_among(ratings: Sequence[Rating]) -> list[Note | None]:
    """Say of each of some tools why it has no score on the scale of these tools, whatever the main one is.

    Their scale is the one on which most of them have a score. Tools that the crowd never compared with the
    main group may well be compared among themselves, for instance those of one category.
    """
    scored = Counter(rating.group for rating in ratings if rating.score is not None)
    scale = min(scored, key=lambda group: (-scored[group], group), default=MAIN_GROUP)
    return [_note_on(scale, rating) for rating in ratings]


def _note_on(scale: int, rating: Rating) -> Note | None:
    if rating.group != scale:
        return "apart"
    return None if rating.score is not None else rating.note


def difference(first: Rating, second: Rating, *, correlation: float) -> Bounds:
    """Bound by how many points the first tool is ahead of the second, at the confidence of their fit.

    Args:
        first: The tool whose lead is bounded.
        second: The one it is held against.
        correlation: Of the two scores, in [-1, 1]: `Fit.correlation` has it.

    Returns:
        No bounds for tools of different groups. Where a tool has no score its bound is held against the
        other's far bound, which is wider than need be, and safe.

    Source: Zou and Donner (2008), "Construction of confidence limits about effect measures: a general
        approach", Statistics in Medicine 27(10), 1693-1702.
    """
    if first.group != second.group:
        return None, None
    return _least(first, second, correlation), _negative(_least(second, first, correlation))


def _least(first: Rating, second: Rating, correlation: float) -> float | None:
    low, high = first.interval[0], second.interval[1]
    if low is None or high is None:
        return None
    if first.score is None or second.score is None:
        return low - high
    down, up = first.score - low, high - second.score
    spread = sqrt(max(0.0, down * down + up * up - 2 * correlation * down * up))
    return first.score - second.score - spread


def _negative(bound: float | None) -> float | None:
    return None if bound is None else -bound
