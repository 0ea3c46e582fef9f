"""Compares two to five tools: who leads by which criterion, and the verdict that follows."""

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Final

from projections.comparison.contest import Contest, is_voted, leader_of
from projections.comparison.fragility import verdict_fragility
from projections.comparison.matchups import MatchupContest
from projections.comparison.numbers import join
from projections.comparison.shapes import Comparison, Conclusion, Contender, Matchup
from projections.comparison.shares import ShareContest
from projections.comparison.standings import criterion_standing
from projections.comparison.summary import summarise
from projections.criteria import Criterion
from projections.rules.rule import Rule
from projections.rules.tallies import PreferenceTally

TOOLS_MIN: Final = 2
TOOLS_MAX: Final = 5


def compare(rule: Rule, contenders: Sequence[Contender], matchups: Sequence[Matchup]) -> Comparison:
    """Compare tools by panel, crowd and head-to-head votes.

    Args:
        rule: The rule to judge by.
        contenders: From two to `TOOLS_MAX` different tools, in the order to be shown.
        matchups: At most one for each two of them, either way round. A missing one has no
            votes. All are between these tools.

    Raises:
        ValueError: these are too few or too many tools, or one of them twice.
    """
    tools = [contender.tool for contender in contenders]
    if not TOOLS_MIN <= len(set(tools)) == len(tools) <= TOOLS_MAX:
        message = f"compare takes {TOOLS_MIN} to {TOOLS_MAX} different tools, not {', '.join(tools)}"
        raise ValueError(message)
    contests = _contests(rule, contenders, matchups)
    panel, crowd, head_to_head = (
        criterion_standing(criterion, contest, tools) for criterion, contest in contests.items()
    )
    leaders: dict[Criterion, int | None] = {
        criterion: leader_of(contest) for criterion, contest in contests.items()
    }
    voted = any(is_voted(contest) for contest in contests.values())
    strength, pick = rule.conclude(leaders.values(), voted=voted)
    summary = summarise(strength, [contender.name for contender in contenders], leaders)
    if pick is not None:
        summary += _objections(rule, contenders[pick])
    return Comparison(
        rule=rule.name,
        panel=panel,
        crowd=crowd,
        head_to_head=head_to_head,
        verdict=Conclusion(
            strength=strength,
            pick=None if pick is None else tools[pick],
            summary=summary,
            reasons=[panel.reason, crowd.reason, head_to_head.reason],
            fragility=verdict_fragility(rule, list(contests.values())),
        ),
    )


def _objections(rule: Rule, pick: Contender) -> str:
    """Add who would not have even the best of these tools."""
    judged = {"the panel": pick.panel, "the crowd": pick.crowd}
    against = [who for who, tally in judged.items() if rule.verdict(tally) == "skip"]
    return f" Even so, {join(against)} would skip it." if against else ""


def _contests(
    rule: Rule, contenders: Sequence[Contender], matchups: Sequence[Matchup]
) -> Mapping[Criterion, Contest]:
    names = tuple(contender.name for contender in contenders)
    return {
        "panel": ShareContest(
            criterion="panel",
            rule=rule,
            names=names,
            tallies=tuple(contender.panel for contender in contenders),
            votes_min=rule.lead_reviews_min,
        ),
        "community": ShareContest(
            criterion="community",
            rule=rule,
            names=names,
            tallies=tuple(contender.crowd for contender in contenders),
            votes_min=rule.lead_votes_min,
        ),
        "matchups": MatchupContest(rule=rule, names=names, preferences=_preferences(contenders, matchups)),
    }


def _preferences(
    contenders: Sequence[Contender], matchups: Sequence[Matchup]
) -> dict[tuple[int, int], PreferenceTally]:
    numbers = {contender.tool: number for number, contender in enumerate(contenders)}
    seen = dict.fromkeys(permutations(numbers.values(), 2), PreferenceTally())
    for matchup in matchups:
        left, right = numbers[matchup.left], numbers[matchup.right]
        votes = PreferenceTally(wins=matchup.left_wins, losses=matchup.right_wins, ties=matchup.ties)
        seen[left, right], seen[right, left] = votes, votes.mirrored()
    return seen
