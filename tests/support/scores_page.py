"""Scores, ranks and comparisons, written from docs/scores.md alone: nothing here imports the program."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from math import erfc, hypot, inf, sqrt
from typing import Any, NamedTuple

Interval = tuple[float, float]
Tally = tuple[int, int]
"""Ship and skip."""

Outcome = tuple[int | None, bool, float]
"""A criterion's leader, whether there is anything to compare by, and what it costs to come there."""


def tail(z: float) -> float:
    return erfc(z / sqrt(2)) / 2


def wilson(tally: Tally, z: float) -> Interval:
    n = sum(tally)
    if not n:
        return 0.0, 1.0
    p = tally[0] / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    spread = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - spread), min(1.0, centre + spread)


def share(tally: Tally) -> float | None:
    return tally[0] / sum(tally) if sum(tally) else None


def ranks(intervals: Mapping[str, Interval]) -> dict[str, str]:
    found: dict[str, str] = {}
    for tool, (low, high) in intervals.items():
        best = 1 + sum(other > high for other, _ in intervals.values())
        worst = len(intervals) - sum(other < low for _, other in intervals.values())
        found[tool] = str(best) if best == worst else f"{best}-{worst}"
    return found


def newcombe(left: Tally, right: Tally, z: float) -> Interval:
    (low_1, high_1), (low_2, high_2) = wilson(left, z), wilson(right, z)
    p_1, p_2 = left[0] / sum(left), right[0] / sum(right)
    low = p_1 - p_2 - hypot(p_1 - low_1, high_2 - p_2)
    high = p_1 - p_2 + hypot(high_1 - p_1, p_2 - low_2)
    return max(-1.0, low), min(1.0, high)


def tango(w: int, l: int, t: int, z: float) -> Interval:  # noqa: E741 - as the page has it
    return 0.5 + _least_lead(w, l, t, z) / 2, 0.5 - _least_lead(l, w, t, z) / 2


def _least_lead(w: int, l: int, t: int, z: float) -> float:  # noqa: E741
    n = w + l + t
    low, high = -1.0, (w - l) / n
    for _ in range(60):
        lead = (low + high) / 2
        b = (2 * n - w + l) * lead - w - l
        q = (sqrt(max(0.0, b * b + 8 * n * l * lead * (1 - lead))) - b) / (4 * n)
        variance = n * (2 * q + lead * (1 - lead))
        score = (w - l - n * lead) / sqrt(variance) if variance > 0 else 0.0
        low, high = (lead, high) if score > z else (low, lead)
    return high


class Shares(NamedTuple):
    """A criterion of shares: a tally for each tool."""

    tallies: Sequence[Tally]
    least: int
    z: float

    @property
    def tools(self) -> range:
        return range(len(self.tallies))

    def voted(self, a: int, b: int) -> bool:
        return bool(sum(self.tallies[a]) and sum(self.tallies[b]))

    def numbers(self, a: int, b: int) -> tuple[float, Interval]:
        one, other = self.tallies[a], self.tallies[b]
        return one[0] / sum(one) - other[0] / sum(other), newcombe(one, other, self.z)

    def leads(self, a: int, b: int) -> bool:
        return self._ahead(self.tallies[a], self.tallies[b])

    def unseat(self, a: int, b: int) -> float:
        (ship, skip), (ship_2, skip_2) = self.tallies[a], self.tallies[b]
        return _cheapest(ship, skip_2, lambda x, y: not self._ahead((ship - x, skip), (ship_2, skip_2 - y)))

    def crown(self, tool: int) -> float:
        if min(map(sum, self.tallies)) < self.least:
            return inf
        ship, skip = self.tallies[tool]
        spare = min(skip, ship + skip - self.least)
        others = [self.tallies[other] for other in self.tools if other != tool]

        def cost(own: int) -> float:
            return own + sum(self._beaten((ship, skip - own), other) for other in others)

        return min(map(cost, range(spare + 1)))

    def silence(self) -> int:
        votes = [sum(tally) for tally in self.tallies]
        return sum(votes) - max(votes)

    def _beaten(self, own: Tally, other: Tally) -> float:
        ship, skip = other
        spare = min(ship, ship + skip - self.least)
        return next((y for y in range(spare + 1) if self._ahead(own, (ship - y, skip))), inf)

    def _ahead(self, one: Tally, other: Tally) -> bool:
        return min(sum(one), sum(other)) >= self.least and newcombe(one, other, self.z)[0] > 0


class HeadToHead(NamedTuple):
    """The criterion of preferences: wins, losses and ties by pair, both ways round."""

    number: int
    pairs: Mapping[tuple[int, int], tuple[int, int, int]]
    least: int
    z: float

    @property
    def tools(self) -> range:
        return range(self.number)

    def voted(self, a: int, b: int) -> bool:
        return any(self.pairs[a, b])

    def numbers(self, a: int, b: int) -> tuple[float, Interval]:
        w, l, t = self.pairs[a, b]  # noqa: E741
        return (w + t / 2) / (w + l + t), tango(w, l, t, self.z)

    def leads(self, a: int, b: int) -> bool:
        return self._ahead(*self.pairs[a, b][:2])

    def unseat(self, a: int, b: int) -> float:
        w, l, _ = self.pairs[a, b]  # noqa: E741
        return next(x for x in range(w + 1) if not self._ahead(w - x, l))

    def crown(self, tool: int) -> float:
        return sum(self._beaten(*self.pairs[tool, other][:2]) for other in self.tools if other != tool)

    def silence(self) -> int:
        return sum(map(sum, self.pairs.values())) // 2

    def _beaten(self, w: int, l: int) -> float:  # noqa: E741
        spare = min(l, w + l - self.least)
        return next((x for x in range(spare + 1) if self._ahead(w, l - x)), inf)

    def _ahead(self, w: int, l: int) -> bool:  # noqa: E741
        return w + l >= self.least and w - l > self.z * sqrt(w + l)


Criterion = Shares | HeadToHead


def leader(criterion: Criterion) -> int | None:
    tools = criterion.tools
    return next((a for a in tools if all(criterion.leads(a, b) for b in tools if a != b)), None)


def has_any(criterion: Criterion) -> bool:
    return any(criterion.voted(a, b) for a, b in product(criterion.tools, repeat=2) if a != b)


def fragility(criterion: Criterion) -> float | None:
    ahead = leader(criterion)
    if ahead is None:
        return None
    return min(criterion.unseat(ahead, other) for other in criterion.tools if other != ahead)


def conclude(outcomes: Iterable[Outcome], rule: Mapping[str, Any]) -> tuple[str, int | None]:
    found = list(outcomes)
    leaders = [ahead for ahead, _, _ in found if ahead is not None]
    if not leaders:
        return ("too close to call" if any(voted for _, voted, _ in found) else "no votes"), None
    if len(set(leaders)) > 1:
        return "split", None
    return ("clear" if len(leaders) >= rule["clear_leads_min"] else "leaning"), leaders[0]


def verdict_fragility(criteria: Sequence[Criterion], rule: Mapping[str, Any]) -> float | None:
    possible = [_outcomes(criterion) for criterion in criteria]
    now = conclude((outcomes[0] for outcomes in possible), rule)
    costs = (
        sum(cost for _, _, cost in chosen) for chosen in product(*possible) if conclude(chosen, rule) != now
    )
    least = min(costs, default=inf)
    return None if least == inf else least


def _outcomes(criterion: Criterion) -> list[Outcome]:
    ahead, voted = leader(criterion), has_any(criterion)
    found: list[Outcome] = [(ahead, voted, 0)]
    lost = fragility(criterion)
    if lost is not None:
        found.append((None, True, lost))
    if voted:
        found.append((None, False, criterion.silence()))
        found += [(tool, True, criterion.crown(tool)) for tool in criterion.tools if tool != ahead]
    return found


def _cheapest(x_max: int, y_max: int, is_so: Callable[[int, int], bool]) -> float:
    """Try every x with every y, the cheapest first."""
    for cost in range(x_max + y_max + 1):
        if any(is_so(x, cost - x) for x in range(max(0, cost - y_max), min(x_max, cost) + 1)):
            return cost
    return inf
