"""How fragile a verdict is: the fewest votes whose removal would change it."""

from collections.abc import Sequence
from itertools import product

from msgspec import Struct

from projections.comparison.contest import Contest, is_voted, leader_of, removals_to_unseat
from projections.comparison.removals import IMPOSSIBLE
from projections.rules.rule import Rule


class ContestOutcome(Struct, frozen=True, kw_only=True):
    """A possible outcome of a contest, and the fewest removals that lead to it."""

    leader: int | None
    voted: bool
    removals: int


def verdict_fragility(rule: Rule, contests: Sequence[Contest]) -> int | None:
    """Count the fewest removals, whatever the contest, after which the verdict's strength or pick is another.

    No vote takes part in two contests, so the removals for several contests add up. The search ends where it
    needs as many removals as a change that was already found.

    Returns:
        None where there is no vote to compare by.
    """
    outcomes = [_without_new_leaders(contest) for contest in contests]
    best = _cheapest_change(rule, outcomes)
    for contest, possible in zip(contests, outcomes, strict=True):
        now = possible[0]
        for tool in range(len(contest.names)):
            if tool != now.leader and now.voted:
                removals = contest.removals_to_lead(tool, below=best)
                if removals < IMPOSSIBLE:
                    possible.append(ContestOutcome(leader=tool, voted=True, removals=removals))
                    best = _cheapest_change(rule, outcomes)
    return best if best < IMPOSSIBLE else None


def _without_new_leaders(contest: Contest) -> list[ContestOutcome]:
    """List the outcomes of a contest, the present one first, without those in which another tool leads."""
    leader, voted = leader_of(contest), is_voted(contest)
    outcomes = [ContestOutcome(leader=leader, voted=voted, removals=0)]
    if leader is not None:
        outcomes.append(ContestOutcome(leader=None, voted=True, removals=removals_to_unseat(contest, leader)))
    if voted:
        outcomes.append(ContestOutcome(leader=None, voted=False, removals=contest.removals_to_silence()))
    return outcomes


def _cheapest_change(rule: Rule, outcomes: Sequence[Sequence[ContestOutcome]]) -> int:
    """Return what the cheapest outcomes take that together make another verdict, or `IMPOSSIBLE`."""
    now = _conclude(rule, [possible[0] for possible in outcomes])
    removals = [
        sum(outcome.removals for outcome in chosen)
        for chosen in product(*outcomes)
        if _conclude(rule, chosen) != now
    ]
    return min([IMPOSSIBLE, *removals])


def _conclude(rule: Rule, outcomes: Sequence[ContestOutcome]) -> tuple[str, int | None]:
    voted = any(outcome.voted for outcome in outcomes)
    return rule.conclude((outcome.leader for outcome in outcomes), voted=voted)
