"""Writes how two tools compare by one criterion, in words and numbers."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from projections.comparison.numbers import count, join, span, tenths_percent
from projections.criteria import ShareCriterion
from projections.rules.tallies import PreferenceTally, Tally
from projections.wilson import Interval

_JUDGES: Final[Mapping[ShareCriterion, str]] = {"panel": "The panel", "community": "The crowd"}
_NOT_YET: Final[Mapping[ShareCriterion, str]] = {"panel": "has not reviewed", "community": "has not voted on"}
_VOTE: Final[Mapping[ShareCriterion, str]] = {"panel": "review", "community": "vote"}


class Judged(Struct, frozen=True):
    """A tool's name and what was said of it."""

    name: str
    tally: Tally


def no_shares(criterion: ShareCriterion, *tools: Judged) -> str:
    """Say whom nobody has judged yet."""
    missing = [tool.name for tool in tools if not tool.tally.votes]
    return f"{_JUDGES[criterion]} {_NOT_YET[criterion]} {join(missing, word='or')} yet."


def too_few_shares(criterion: ShareCriterion, left: Judged, right: Judged, *, votes_min: int) -> str:
    """Say that votes are too few for a lead."""
    return (
        f"{_JUDGES[criterion]} has too few {_VOTE[criterion]}s to tell {left.name} from {right.name}: "
        f"{left.tally.votes:,} and {right.tally.votes:,}, where a lead takes {votes_min} each."
    )


def leading_shares(criterion: ShareCriterion, ahead: Judged, behind: Judged, difference: Interval) -> str:
    """Say by how much one tool leads."""
    low, high = span(difference, even=0)
    shares = _shares(criterion, ahead, behind)
    return f"{_JUDGES[criterion]} prefers {ahead.name}: {shares}, {low} to {high} points more."


def close_shares(criterion: ShareCriterion, left: Judged, right: Judged, difference: Interval) -> str:
    """Say that either tool might be ahead."""
    low, high = span(difference, even=0)
    shares = _shares(criterion, left, right)
    return (
        f"{_JUDGES[criterion]} does not tell {left.name} from {right.name}: {shares}, "
        f"which may mean {low} points fewer or {high} more."
    )


def no_preferences(left: str, right: str) -> str:
    """Say that there are no head-to-head votes."""
    return f"Nobody has voted between {left} and {right} yet."


def too_few_preferences(left: str, right: str, seen: PreferenceTally, *, votes_min: int) -> str:
    """Say that head-to-head votes are too few for a lead."""
    return (
        f"Head to head there are too few votes to tell {left} from {right}: {_result(seen)}, "
        f"where a lead takes {votes_min} that name a winner."
    )


def leading_preferences(ahead: str, behind: str, seen: PreferenceTally, interval: Interval) -> str:
    """Say by how much one tool leads, head to head."""
    return f"Head to head {ahead} beats {behind} by {_result(seen)}: {_wins(ahead, seen, interval)}."


def close_preferences(left: str, right: str, seen: PreferenceTally, interval: Interval) -> str:
    """Say that either tool might be preferred."""
    return f"Head to head {left} and {right} stand at {_result(seen)}: {_wins(left, seen, interval)}."


def _shares(criterion: ShareCriterion, first: Judged, second: Judged) -> str:
    one, other = first.tally, second.tally
    if criterion == "panel":
        shares = f"{one.ship} of {count(one.votes, 'review')} say ship against {other.ship} of {other.votes}"
    else:
        shares = (
            f"{tenths_percent(one.share or 0)} of {count(one.votes, 'vote')} say ship "
            f"against {tenths_percent(other.share or 0)} of {other.votes:,}"
        )
    return f"{shares} for {second.name}"


def _result(seen: PreferenceTally) -> str:
    ties = f" with {count(seen.ties, 'tie')}" if seen.ties else ""
    return f"{count(seen.wins, 'vote')} to {seen.losses:,}{ties}"


def _wins(name: str, seen: PreferenceTally, interval: Interval) -> str:
    low, high = span(interval, even=0.5)
    ties = ", a tie being half a win" if seen.ties else ""
    return f"{tenths_percent(seen.share or 0)} for {name}{ties}, and {low} to {high} % in a larger crowd"
