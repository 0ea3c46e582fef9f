"""Tells who leads by one criterion: in each pair, and over all tools."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

from projections.comparison.contest import Contest, is_voted, leader_of
from projections.comparison.numbers import join
from projections.comparison.shapes import CriterionStanding, LeadStanding, PairStanding
from projections.criteria import Criterion
from projections.scores import DIGITS

_BY: Final[Mapping[Criterion, str]] = {
    "panel": "With the panel",
    "community": "With the crowd",
    "matchups": "Head to head",
}


def criterion_standing(criterion: Criterion, contest: Contest, tools: Sequence[str]) -> CriterionStanding:
    """Say which of the tools (slugs, numbered as in the contest) leads all others by one criterion."""
    pairs = [_pair_standing(contest, tools, *pair) for pair in combinations(range(len(tools)), 2)]
    leader = leader_of(contest)
    slug = None if leader is None else tools[leader]
    leads = [pair for pair in pairs if slug is not None and pair.leader == slug]
    narrowest = min(leads, key=lambda pair: pair.fragility or 0, default=None)
    if len(pairs) == 1:
        reason = pairs[0].reason
    elif leader is None or narrowest is None:
        reason = f"{_BY[criterion]} {_why_nobody_leads(contest)}."
    else:
        closest = narrowest.left if narrowest.right == slug else narrowest.right
        over = f"{contest.names[tools.index(closest)]} most narrowly"
        reason = (
            f"{_BY[criterion]} {contest.names[leader]} leads every other tool, {over}. {narrowest.reason}"
        )
    return CriterionStanding(
        leader=slug,
        standing=_standing(leads=slug is not None, voted=is_voted(contest)),
        reason=reason,
        fragility=None if narrowest is None else narrowest.fragility,
        pairs=pairs,
    )


def _pair_standing(contest: Contest, tools: Sequence[str], left: int, right: int) -> PairStanding:
    directions = ((left, right), (right, left))
    lead = next(((ahead, behind) for ahead, behind in directions if contest.leads(ahead, behind)), None)
    voted = contest.has_votes(left, right)
    estimate = contest.estimate(left, right)
    low, high = contest.interval(left, right)
    return PairStanding(
        left=tools[left],
        right=tools[right],
        leader=None if lead is None else tools[lead[0]],
        standing=_standing(leads=lead is not None, voted=voted),
        estimate=None if estimate is None else _round(estimate),
        interval=(_round(low), _round(high)) if voted else None,
        reason=contest.describe(left, right),
        fragility=None if lead is None else contest.removals_to_unseat(*lead),
    )


def _standing(*, leads: bool, voted: bool) -> LeadStanding:
    if leads:
        return "leads"
    return "too close to call" if voted else "no votes"


def _round(share: float) -> float:
    return round(share, DIGITS) + 0.0  # so that -0.0 becomes 0.0


def _why_nobody_leads(contest: Contest) -> str:
    """Say, of three tools or more, what keeps any of them from leading all others."""
    if not is_voted(contest):
        return "there is nothing yet to compare any two of these tools by"
    tools = range(len(contest.names))
    led = {tool: [other for other in tools if other != tool and contest.leads(tool, other)] for tool in tools}
    best = max(tools, key=lambda tool: len(led[tool]))
    if not led[best]:
        return "no tool leads any other"
    behind = join([contest.names[tool] for tool in led[best]])
    not_behind = join([contest.names[tool] for tool in tools if tool not in {best, *led[best]}], word="or")
    return f"no tool leads every other: {contest.names[best]} leads {behind}, but not {not_behind}"
