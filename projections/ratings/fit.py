"""Fits ratings to counted matchups: groups, scores, intervals, and a note where a tool has no score."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import cache
from math import isnan
from typing import Final

import numpy as np
from msgspec import Struct
from threadpoolctl import ThreadpoolController  # pyright: ignore[reportMissingTypeStubs] - it has none

from projections.ratings.arrays import Floats, Indices, Integers
from projections.ratings.groups import find_groups
from projections.ratings.maximum import maximise
from projections.ratings.onesided import lowest
from projections.ratings.profile import intervals
from projections.ratings.rating import MAIN_GROUP, SCORE_MEAN, SCORE_PER_LOG, Bounds, Note, Rating
from projections.ratings.spread import credible_fall

LOG_MAX: Final = 700.0
"""Greater logs have no exponential; it takes hundreds of tools, each far above the next, to come there."""


class Fit(Struct, frozen=True):
    """Ratings of tools, by their indices.

    Attributes:
        ratings: One for each tool, in the order of their indices.
        correlation: Of each two tools' scores, in [-1, 1]; 0 where they have none on one scale.
    """

    ratings: tuple[Rating, ...]
    correlation: Floats


class _Places(Struct):
    """Scores and bounds of tools, in points; NaN if unknown."""

    groups: Indices
    scores: Floats
    lows: Floats
    highs: Floats
    correlation: Floats


def fit(
    *,
    tools: int,
    left: Indices,
    right: Indices,
    left_wins: Integers,
    right_wins: Integers,
    ties: Integers,
    z: float,
) -> Fit:
    """Fit Bradley-Terry strengths by maximum likelihood, a tie as half a win for each.

    Neither the order of the pairs changes a bit of the result, nor which tool of a pair is left, nor whether
    a pair's counts are spread over several rows.

    Where no maximum exists nothing is made up. Each group of `find_groups` has a scale of its own; the first
    of two tools or more is the main group. A single tool that met the main group won all those matchups or
    lost them all, and gets the one bound on the main scale that follows from that. Between other groups
    nothing is known.

    Args:
        tools: How many there are, with or without matchups. Memory grows with their square, time with
            their cube.
        left: One tool of each pair, below `tools`.
        right: The other one.
        left_wins: Matchups of the pair that left won, at least 0.
        right_wins: Matchups that right won.
        ties: Matchups tied.
        z: Standard-normal quantile of the intervals: of 1.959964 come two-sided ones at 95 %. It moves
            nothing else.
    """
    won = _tabulate(tools, left, right, left_wins) + _tabulate(tools, right, left, right_wins)
    tied = _tabulate(tools, left, right, ties) + _tabulate(tools, right, left, ties)
    with _one_thread():
        groups = find_groups(won + tied / 2)
        places = _place_groups(groups, won + tied / 2, tied, z=z)
    _bound_singles(places, groups, won, z=z)
    return Fit(tuple(_rate(places, won, tied)), places.correlation)


def _one_thread() -> AbstractContextManager[object]:
    """Keep linear algebra to one thread: more gain little, and on busy cores their waiting costs tenfold."""
    return _libraries().limit(limits=1)  # pyright: ignore[reportUnknownMemberType] - it has no types


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()


def _tabulate(tools: int, rows: Indices, columns: Indices, counts: Integers) -> Floats:
    cells = np.bincount(rows * tools + columns, weights=counts, minlength=tools * tools)
    return cells.astype(np.float64, copy=False).reshape(tools, tools)


def _place_groups(groups: list[Indices], wins: Floats, tied: Floats, *, z: float) -> _Places:
    tools = len(wins)
    scores, lows, highs = (np.full(tools, np.nan) for _ in range(3))
    places = _Places(np.zeros(tools, np.intp), scores, lows, highs, np.zeros((tools, tools)))
    first = MAIN_GROUP if groups and len(groups[0]) > 1 else MAIN_GROUP + 1
    for number, group in enumerate(groups, first):
        places.groups[group] = number
        if len(group) > 1:
            block = np.ix_(group, group)
            _place(places, group, wins[block], ties=tied[block].sum() / 2, z=z)
    return places


def _place(places: _Places, group: Indices, wins: Floats, *, ties: float, z: float) -> None:
    maximum = maximise(wins)
    fall = credible_fall(
        tools=len(group), matchups=wins.sum(), ties=ties, information=maximum.information, z=z
    )
    low, high = intervals(wins, maximum, fall=fall)
    places.scores[group] = _points(maximum.logs)
    places.lows[group] = _points(low)
    places.highs[group] = _points(high)
    deviations = np.sqrt(maximum.covariance.diagonal())
    places.correlation[np.ix_(group, group)] = maximum.covariance / np.outer(deviations, deviations)


def _bound_singles(places: _Places, groups: list[Indices], won: Floats, *, z: float) -> None:
    main = np.flatnonzero(places.groups == MAIN_GROUP)
    if not main.size:
        return
    singles = np.array([group[0] for group in groups if len(group) == 1], np.intp)
    logs = (places.scores[main] - SCORE_MEAN) / SCORE_PER_LOG
    wins, losses = won[np.ix_(singles, main)], won[np.ix_(main, singles)].T
    above, below = wins.any(axis=1), losses.any(axis=1)
    places.lows[singles[above]] = _points(lowest(wins[above], logs, z=z))
    places.highs[singles[below]] = _points(-lowest(losses[below], -logs, z=z))
    places.groups[singles[above | below]] = MAIN_GROUP


def _points(logs: Floats) -> Floats:
    return SCORE_MEAN + SCORE_PER_LOG * logs


def _rate(places: _Places, won: Floats, tied: Floats) -> Iterator[Rating]:
    strengths = np.exp(np.clip((places.scores - SCORE_MEAN) / SCORE_PER_LOG, -LOG_MAX, LOG_MAX))
    known = (strengths, places.scores, places.lows, places.highs)
    counted = (places.groups, won.sum(axis=1), won.sum(axis=0), tied.sum(axis=1))
    rows = zip(*(column.tolist() for column in known), *(column.tolist() for column in counted), strict=True)
    for strength, score, low, high, group, wins, losses, ties in rows:
        interval = _known(low), _known(high)
        yield Rating(
            strength=_known(strength),
            score=_known(score),
            interval=interval,
            group=group,
            note=_note(interval, group),
            wins=int(wins),
            losses=int(losses),
            ties=int(ties),
        )


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def _note(interval: Bounds, group: int) -> Note | None:
    if group != MAIN_GROUP:
        return "apart"
    low, high = interval
    if low is None:
        return "only losses"
    return "only wins" if high is None else None
