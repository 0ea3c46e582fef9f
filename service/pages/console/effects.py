"""The effects of a batch in words: each tool and each matchup, before and after."""

from typing import Final

from msgspec import Struct

from projections.comparison.numbers import count
from projections.preview.effects import Effect, MatchupEffect, Preview
from projections.scores import Score
from service.views import addresses, words
from service.views.facts import Link
from service.views.shares import VerdictMark, mark_of

ROWS_MAX: Final = 200
"""A decimal more than usual: one vote among hundreds is a change, too."""


class Crowd(Struct, frozen=True):
    """The crowd's share, and the counts behind it."""

    share: str
    counted: str


class Change(Struct, frozen=True):
    """A value before and after; the same text twice means no change."""

    before: str
    after: str


class ToolRow(Struct, frozen=True, kw_only=True):
    """One tool.

    Attributes:
        panel: None if its panel says the same after as before.
        flips: Whether the verdict would be another.
    """

    tool: Link
    rulings: str
    before: Crowd
    after: Crowd
    panel: Change | None
    rank: Change
    verdict: tuple[VerdictMark, VerdictMark]
    flips: bool


class MatchupRow(Struct, frozen=True, kw_only=True):
    """One matchup: the votes for the left tool, for neither and for the right one."""

    matchup: Link
    context: str
    rulings: str
    left: Change
    ties: Change
    right: Change


class EffectsView(Struct, frozen=True, kw_only=True):
    """The effects of a batch.

    Attributes:
        tools: Those whose verdict flips come first, then those with the most rulings.
        more_tools: How many are not shown.
        flips: How many verdicts of all tools would change, in words.
    """

    tools: list[ToolRow]
    more_tools: str | None
    matchups: list[MatchupRow]
    more_matchups: str | None
    flips: str | None


def effects_view(preview: Preview) -> EffectsView:
    """Put a preview into words."""
    effects = sorted(preview.effects, key=lambda effect: not _flips(effect))
    flips = sum(map(_flips, effects))
    return EffectsView(
        tools=[_tool_row(effect) for effect in effects[:ROWS_MAX]],
        more_tools=_more(len(effects), "tool"),
        matchups=[_matchup_row(each) for each in preview.matchups[:ROWS_MAX]],
        more_matchups=_more(len(preview.matchups), "matchup"),
        flips=f"{count(flips, 'verdict')} would flip" if flips else None,
    )


def _more(number: int, one: str) -> str | None:
    return f"{count(number - ROWS_MAX, f'more {one}')} would change" if number > ROWS_MAX else None


def _flips(effect: Effect) -> bool:
    return effect.verdict_before != effect.verdict_after


def _tool_row(effect: Effect) -> ToolRow:
    before, after = effect.before, effect.after
    panel = Change(_panel(before), _panel(after))
    return ToolRow(
        tool=Link(addresses.tool(effect.tool), effect.tool),
        rulings=f"{effect.rulings:,}",
        before=_crowd(before),
        after=_crowd(after),
        panel=None if panel.before == panel.after else panel,
        rank=Change(_rank(effect.rank_before), _rank(effect.rank_after)),
        verdict=(mark_of(effect.verdict_before), mark_of(effect.verdict_after)),
        flips=_flips(effect),
    )


def _crowd(score: Score) -> Crowd:
    crowd = score.community
    if not crowd.votes:
        return Crowd(words.NOTHING, "no votes")
    return Crowd(
        words.percent(crowd.share, words.FINEST),
        f"of {count(crowd.votes, 'vote')}, {words.percents(crowd.interval)}",
    )


def _panel(score: Score) -> str:
    panel = score.panel
    return f"{panel.ship} of {panel.ship + panel.skip}"


def _rank(rank: str | None) -> str:
    return "unranked" if rank is None else words.ranks(rank)


def _matchup_row(effect: MatchupEffect) -> MatchupRow:
    left, right = effect.left, effect.right
    before, after = effect.before, effect.after
    return MatchupRow(
        matchup=Link(addresses.comparison(left, right), f"{left} vs {right}"),
        context=effect.context,
        rulings=f"{effect.rulings:,}",
        left=_change(before.left_wins, after.left_wins),
        ties=_change(before.ties, after.ties),
        right=_change(before.right_wins, after.right_wins),
    )


def _change(before: int, after: int) -> Change:
    return Change(f"{before:,}", f"{after:,}")
