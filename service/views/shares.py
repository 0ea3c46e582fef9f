"""The share of panel or crowd that says ship: the number, its interval and its verdict."""

from typing import Final

from msgspec import Struct

from projections.comparison.numbers import count
from projections.rules.rule import Rule, Verdict
from projections.rules.tallies import Tally
from projections.scores import Counts, excluded_of
from projections.wilson import Interval
from service.reads.measures import Who
from service.views import words
from service.views.charts.whisker import Whisker

KINDS: Final[dict[Verdict | None, str]] = {
    "ship": "ship",
    "skip": "skip",
    "too close to call": "close",
    None: "none",
}
"""The look of the mark beside a verdict's word."""

WORDS: Final[dict[Verdict | None, str]] = {
    "ship": "Ship",
    "skip": "Skip",
    "too close to call": "Too close to call",
    None: "No verdict yet",
}


class VerdictMark(Struct, frozen=True):
    """A verdict as a shape and a word."""

    kind: str
    word: str


class ShareSummary(Struct, frozen=True, kw_only=True):
    """The word of panel or crowd on one tool.

    Attributes:
        share: "64 %", or "—".
        counted: The votes or reviews behind it, in words.
        range: The interval in words; None without votes.
        chart: The same as a whisker.
    """

    who: Who
    share: str
    counted: str
    range: str | None
    verdict: VerdictMark
    chart: Whisker


def mark_of(verdict: Verdict | None) -> VerdictMark:
    """Name a verdict."""
    return VerdictMark(KINDS[verdict], WORDS[verdict])


def summarise_share(who: Who, tally: Tally, rule: Rule) -> ShareSummary:
    """Summarise the verdicts or votes on a tool."""
    votes, share, interval = tally.votes, tally.share, rule.interval(tally)
    one = "review" if who == "panel" else "vote"
    return ShareSummary(
        who=who,
        share=words.percent(share, interval),
        counted=f"{tally.ship:,} of {count(votes, one)} say ship" if votes else f"no {one}s yet",
        range=words.percents(interval) if votes else None,
        verdict=mark_of(rule.verdict(tally)),
        chart=chart(who, interval, share),
    )


def excluded(counts: Counts) -> str | None:
    """Say how many votes do not count, and for which reasons; None if all count."""
    dropped = excluded_of(counts)
    if not dropped.votes:
        return None
    reasons = ", ".join(f"{votes:,} for {words.reason(name)}" for name, votes in dropped.by_reason.items())
    return f"{count(dropped.votes, 'vote')} taken out of the count: {reasons}"


def chart(who: Who, interval: Interval, share: float | None) -> Whisker:
    """Draw a share with its interval, or an empty axis without votes."""
    if share is None:
        return Whisker(span=False, who=who, title="Nothing is known yet")
    title = f"{words.percent(share, interval)}, between {words.percents(interval)} in a larger {who}"
    low, high = interval
    return Whisker(low=low, high=high, estimate=share, who=who, title=title)
