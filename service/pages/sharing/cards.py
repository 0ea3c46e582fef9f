"""The content of a picture: a question or a name, tools with their shares, and a sentence."""

from typing import Final

from msgspec import Struct

from projections.comparison.numbers import join
from projections.rules.rule import Rule
from projections.rules.tallies import Tally
from projections.scores import Counts
from projections.wilson import Interval
from service.reads.comparisons import Compared
from service.reads.measures import Who
from service.views import words


class Gauge(Struct, frozen=True):
    """A share with its interval; None without votes."""

    who: Who
    label: str
    written: str
    share: float | None
    interval: Interval


class CardColumn(Struct, frozen=True):
    """A tool; "" where its name is the picture's title."""

    name: str
    gauges: tuple[Gauge, ...]


class Card(Struct, frozen=True):
    """A picture's contents."""

    title: str
    columns: tuple[CardColumn, ...]
    sentence: str


SITE_CARD: Final = Card(
    "Which should you ship with?",
    (),
    "A panel of named reviewers says ship or skip, and why. A crowd votes. Both stand side by side, with how "
    "sure one can be.",
)


def comparison_card(found: Compared) -> Card:
    """Show the result of a comparison."""
    names = [tool.name for tool in found.tools]
    columns = (
        CardColumn(tool.name, gauges(counts, found.rule))
        for tool, counts in zip(found.tools, found.counts, strict=True)
    )
    return Card(f"{join(names, word='or')}?", tuple(columns), found.comparison.verdict.summary)


def tool_card(name: str, tagline: str, counts: Counts, rule: Rule) -> Card:
    """Show the shares of one tool."""
    return Card(name, (CardColumn("", gauges(counts, rule)),), tagline)


def gauges(counts: Counts, rule: Rule) -> tuple[Gauge, Gauge]:
    """Measure a tool by panel and crowd."""
    panel, crowd = counts.panel, counts.crowd
    return _gauge("panel", "Panel", panel, rule), _gauge("crowd", "Crowd", crowd, rule)


def _gauge(who: Who, label: str, tally: Tally, rule: Rule) -> Gauge:
    interval = rule.interval(tally)
    return Gauge(who, label, words.percent(tally.share, interval), tally.share, interval)
