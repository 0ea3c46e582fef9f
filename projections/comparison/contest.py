"""A contest: the tools of a comparison under one criterion. Tools are numbered from 0 here."""

from itertools import combinations
from typing import Protocol

from projections.wilson import Interval


class Contest(Protocol):
    """Tells who leads whom, by how much, and the fewest removals of votes that change it."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the tools' names, as readers know them."""
        ...

    def has_votes(self, left: int, right: int) -> bool:
        """Tell whether there is anything to compare two tools by."""
        ...

    def leads(self, ahead: int, behind: int) -> bool:
        """Tell whether one tool surely stands above another."""
        ...

    def estimate(self, left: int, right: int) -> float | None:
        """Return what leads are told by, as a share in [-1, 1]; None unless there are votes."""
        ...

    def interval(self, left: int, right: int) -> Interval:
        """Bound what a larger crowd would give for the estimate."""
        ...

    def describe(self, left: int, right: int) -> str:
        """Say who leads and by how much, or why nobody does, in a sentence."""
        ...

    def removals_to_unseat(self, ahead: int, behind: int) -> int:
        """Count the fewest removals after which one that leads the other no longer does."""
        ...

    def removals_to_lead(self, tool: int, *, below: int) -> int:
        """Count the fewest removals that make a tool lead all others; `IMPOSSIBLE` from `below` on."""
        ...

    def removals_to_silence(self) -> int:
        """Count the fewest removals after which there is nothing to compare any two tools by."""
        ...


def leader_of(contest: Contest) -> int | None:
    """Return the tool that leads every other one, if any does."""
    tools = range(len(contest.names))
    return next((a for a in tools if all(contest.leads(a, b) for b in tools if b != a)), None)


def is_voted(contest: Contest) -> bool:
    """Tell whether there is anything to compare any two tools by."""
    return any(contest.has_votes(left, right) for left, right in combinations(range(len(contest.names)), 2))


def removals_to_unseat(contest: Contest, leader: int) -> int:
    """Count the fewest removals after which a leader no longer leads: the weakest of its leads decides."""
    return min(
        contest.removals_to_unseat(leader, other) for other in range(len(contest.names)) if other != leader
    )
