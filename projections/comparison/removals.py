"""The fewest votes to remove until something changes, without trying all of them."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from msgspec import Struct

IMPOSSIBLE: Final = 1 << 62
"""A cost above any count of votes: no removal does it."""


class Term(Struct, frozen=True):
    """One condition that removals have to fulfil.

    Attributes:
        own_max: How many votes of its own kind can be removed.
        is_so: Whether it is so with that many shared and that many own votes removed. More removals never
            make it untrue again.
    """

    own_max: int
    is_so: Callable[[int, int], bool]


def fewest(shared_max: int, terms: Sequence[Term], *, below: int = IMPOSSIBLE) -> int:
    """Find the fewest removals after which all terms are so, or `IMPOSSIBLE` if that takes `below` or more.

    Up to `shared_max` votes may be removed that count for every term, and each term's own besides. For a
    number of shared ones the least own ones are found by halving. The more shared, the fewer own: so between
    two numbers of shared removals no total is below the smaller number plus the own ones at the larger.
    Ranges where that is no better than the best total known are left out, the others halved. This is exact
    without assuming that totals are smooth.
    """
    shared_max = min(shared_max, below)
    if shared_max < 0:
        return IMPOSSIBLE
    at_none = [_least(0, IMPOSSIBLE, 0, term) for term in terms]
    at_all = [_least(0, most, shared_max, term) for most, term in zip(at_none, terms, strict=True)]
    best = min(below, _total(0, at_none), _total(shared_max, at_all))
    best = _better(terms, (0, at_none), (shared_max, at_all), best)
    return best if best < below else IMPOSSIBLE


def least(own_max: int, is_so: Callable[[int], bool]) -> int:
    """Find the fewest removals of one kind that do, or `IMPOSSIBLE`."""
    return fewest(0, [Term(own_max, lambda _, own: is_so(own))])


Point = tuple[int, list[int]]
"""A number of shared removals, and own ones of each term that do beside it: the fewest where a range ends."""


def _better(terms: Sequence[Term], start: Point, end: Point, best: int) -> int:
    """Return the least total between two points, or `best` where none is less."""
    (fewer, own_more), (more, own_fewer) = start, end
    spare = best - _total(fewer + 1, own_fewer)
    if more - fewer < 2 or spare <= 0:  # noqa: PLR2004 - nothing lies between neighbours
        return best
    shared = (fewer + more) // 2
    own: list[int] = []
    for low, high, term in zip(own_fewer, own_more, terms, strict=True):
        enough = min(high, low + spare - 1, term.own_max)
        if not term.is_so(shared, enough):  # then neither here nor with fewer shared ones
            return _better(terms, (shared, own_more), end, best)
        own.append(_least(low, enough, shared, term))
        spare -= own[-1] - low
    middle = (shared, own)
    best = min(best, _total(*middle))
    return _better(terms, middle, end, _better(terms, start, middle, best))


def _least(low: int, high: int, shared: int, term: Term) -> int:
    """Find the fewest own removals, from `low` on, that do; `high` is known to do, or more than there are."""
    candidates = range(low, min(high, term.own_max + 1))
    found = low + bisect_left(candidates, True, key=partial(term.is_so, shared))  # noqa: FBT003 - what is looked for
    return found if found <= term.own_max else IMPOSSIBLE


def _total(shared: int, own: Sequence[int]) -> int:
    return min(IMPOSSIBLE, shared + sum(own))
