"""Ratings by matchups, written from docs/scores.md alone: nothing here imports the program."""

from collections.abc import Callable, Mapping
from math import exp, inf, log, log1p
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.support.scores_page import ranks, tail

Floats = NDArray[np.float64]
Matchups = Mapping[tuple[str, str], tuple[int, int, int]]
"""Left wins, right wins and ties by pair, each pair once."""


class Rated(NamedTuple):
    """A tool's group (0 is the main one), score and bounds in points, note and matchups."""

    group: int
    score: float | None
    interval: tuple[float | None, float | None]
    note: str | None
    votes: int


def rate(matchups: Matchups, z: float) -> dict[str, Rated]:
    tools = sorted({tool for pair, counts in matchups.items() if any(counts) for tool in pair})
    place = {tool: number for number, tool in enumerate(tools)}
    won, tied = np.zeros((2, len(tools), len(tools)))
    for (a, b), (left, right, ties) in matchups.items():
        if left or right or ties:
            won[place[a], place[b]] += left
            won[place[b], place[a]] += right
            tied[place[a], place[b]] += ties
            tied[place[b], place[a]] += ties
    wins = won + tied / 2
    votes = [int(each) for each in (wins + wins.T).sum(axis=1)]
    found: dict[int, Rated] = {}
    groups = _groups(wins)
    first = 0 if groups and len(groups[0]) > 1 else 1
    main: dict[int, float] = {}
    for number, group in enumerate(groups, first):
        if len(group) > 1:
            block = np.ix_(group, group)
            logs, lows, highs = _fit(wins[block], tied[block].sum() / 2, z)
            for tool, at, low, high in zip(group, logs, lows, highs, strict=True):
                note = "apart" if number else None
                found[tool] = Rated(number, _points(at), (_points(low), _points(high)), note, votes[tool])
            if number == 0:
                main = dict(zip(group, logs, strict=True))
        else:
            found[group[0]] = Rated(number, None, (None, None), "apart", votes[group[0]])
    for [tool] in [group for group in groups if len(group) == 1]:
        above = {at: won[tool, other] for other, at in main.items() if won[tool, other]}
        below = {-at: won[other, tool] for other, at in main.items() if won[other, tool]}
        if above:
            found[tool] = Rated(0, None, (_points(_bound(above, z)), None), "only wins", votes[tool])
        elif below:
            found[tool] = Rated(0, None, (None, _points(-_bound(below, z))), "only losses", votes[tool])
    return {tools[number]: rated for number, rated in found.items()}


def rating_ranks(rated: Mapping[str, Rated]) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in {each.group for each in rated.values()}:
        own = {
            tool: (-inf if low is None else low, inf if high is None else high)
            for tool, (number, _, (low, high), *_) in rated.items()
            if number == group
        }
        others = len(rated) - len(own)
        for tool, word in ranks(own).items():
            best, _, worst = word.partition("-")
            last = int(worst or best) + others
            found[tool] = best if int(best) == last else f"{best}-{last}"
    return found


def _groups(wins: Floats) -> list[list[int]]:
    tools = range(len(wins))
    reach = {a: _reached(a, wins) for a in tools}
    groups = {tuple(b for b in tools if b in reach[a] and a in reach[b]) for a in tools}
    ordered = sorted(groups, key=lambda group: (-len(group), -wins[np.ix_(group, group)].sum(), group[0]))
    return [list(group) for group in ordered]


def _reached(start: int, wins: Floats) -> set[int]:
    seen, ahead = {start}, [start]
    while ahead:
        new = {int(each) for each in np.flatnonzero(wins[ahead.pop()] > 0)} - seen
        seen |= new
        ahead += new
    return seen


def _fit(w: Floats, ties: float, z: float) -> tuple[list[float], list[float], list[float]]:
    k, n = len(w), w + w.T
    logs = np.zeros(k)
    for _ in range(500):  # small steps towards the greatest likelihood, then Newton's
        p = _chances(logs)
        step = np.linalg.pinv(_information(n, p)) @ (w - n * p).sum(axis=1)
        logs += step * min(1.0, 0.5 / max(1e-12, float(np.abs(step).max())))
    p = _chances(logs)
    c = np.linalg.pinv(_information(n, p)).astype(np.float64)
    v = (n * p * p.T).sum() / 2
    d = (max(0.0, v - ties / 4) + z * z / 8) / (v + z * z / 8)
    f = z * z * (d + (k - 1) / (2 * w.sum()))
    moves = [_moves(i, w, logs, c, f) for i in range(k)]
    at = [float(each) for each in logs]
    return (
        at,
        [a + low for a, (low, _) in zip(at, moves, strict=True)],
        [a + high for a, (_, high) in zip(at, moves, strict=True)],
    )


def _chances(logs: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.subtract.outer(logs, logs)))


def _information(n: Floats, p: Floats) -> Floats:
    found = -n * p * p.T
    np.fill_diagonal(found, 0)
    np.fill_diagonal(found, -found.sum(axis=1))
    return found


def _moves(i: int, w: Floats, logs: Floats, c: Floats, f: float) -> tuple[float, float]:
    p = _chances(logs)
    others = [j for j in range(len(w)) if j != i]
    n = w + w.T
    g = {j: 1 - c[i, j] / c[i, i] for j in others}
    slope = sum(g[j] * (w[j, i] - n[i, j] * p[j, i]) for j in others)
    rest = max(0.0, 1 / c[i, i] - sum(n[i, j] * p[i, j] * p[j, i] * g[j] ** 2 for j in others))

    def fall(d: float) -> float:
        own = 0.0
        for j in others:
            x = logs[i] - logs[j]
            own += n[i, j] * (_s(x + d * g[j]) - _s(x)) + w[j, i] * d * g[j]
        return float(own - slope * d + rest * d * d / 2)

    return -_root(lambda d: fall(-d) - f / 2), _root(lambda d: fall(d) - f / 2)


def _s(x: float) -> float:
    return log1p(exp(-x)) if x > 0 else log1p(exp(x)) - x


def _bound(wins: Mapping[float, float], z: float) -> float:
    """Return where winning all of these, by the opponents' log strengths, has the chance of one tail."""
    lowest = min(wins) - 60
    chance = log(tail(z))
    return lowest + _root(
        lambda d: -chance - sum(number * _s(lowest + d - at) for at, number in wins.items())
    )


def _root(rising: Callable[[float], float]) -> float:
    low, high = 0.0, 1e-6
    while rising(high) < 0:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return high


def _points(logs: float) -> float:
    return 1000 + 400 * logs / log(10)
