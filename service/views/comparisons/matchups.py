"""Head to head: the preferences between each two tools, by use case, and the ratings of all tools."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from events.facts import OVERALL
from projections.catalogue.queries import Tool
from projections.comparison.compare import TOOLS_MIN
from projections.comparison.numbers import count, join
from projections.comparison.reading import Contexts
from projections.comparison.shapes import PairStanding
from projections.rules.tallies import PreferenceTally
from projections.wilson import Interval
from service.reads.comparisons import Compared, ToolRating
from service.views import words
from service.views.charts.scale import Scale
from service.views.charts.versus import Versus
from service.views.charts.whisker import Whisker
from service.views.ratings import NOTES, Axis, ShownRating, axis_of, chart_of, range_of, scale_of

NO_USE_CASE: Final = "No use case named"


class BarView(Struct, frozen=True, kw_only=True):
    """The preferences in one use case, or in all of them together."""

    context: str
    left: str
    ties: str
    right: str
    share: str
    chart: Versus


class PairView(Struct, frozen=True, kw_only=True):
    """Two tools head to head.

    Attributes:
        address: Of its matchup, "left/right", for live updates and votes.
        whisker: The left tool's share in a larger crowd, on the bar's own axis; None without preferences.
        range: The same interval in words.
        excluded: How many preferences do not count, in words; None if all do.
        contexts: By use case, where there are several.
    """

    left: str
    right: str
    address: str
    bar: BarView
    whisker: Whisker | None
    range: str | None
    reason: str
    excluded: str | None
    contexts: list[BarView]


class RatingView(Struct, frozen=True, kw_only=True):
    """The rating of a tool; `note` says why it has none on the scale of the others."""

    tool: str
    name: str
    value: str
    range: str | None
    votes: str
    note: str | None
    chart: Whisker


class RatingsView(Struct, frozen=True):
    """The tools' ratings on one axis."""

    axis: Axis
    rows: list[RatingView]


def pair_views(found: Compared) -> list[PairView]:
    """Show each two tools, in their order; of more than two tools those that met."""
    names = {tool.slug: tool.name for tool in found.tools}
    return [
        _pair(pair, contexts, standing, names, found.context)
        for (pair, contexts), standing in zip(
            found.matchups.items(), found.comparison.head_to_head.pairs, strict=True
        )
        if contexts or len(names) == TOOLS_MIN
    ]


def unmet(found: Compared) -> str | None:
    """Name the pairs of more than two tools that never met; None without any."""
    names = {tool.slug: tool.name for tool in found.tools}
    pairs = [
        f"{names[left]} and {names[right]}"
        for (left, right), contexts in found.matchups.items()
        if not contexts
    ]
    return join(pairs, word="or") if pairs and len(names) > TOOLS_MIN else None


def ratings_view(tools: Sequence[Tool], ratings: Sequence[ToolRating | None]) -> RatingsView | None:
    """Show the ratings; None if no tool has met any other."""
    rated = [
        (tool, ShownRating(rating.score, rating.interval, rating.votes, rating.note))
        for tool, rating in zip(tools, ratings, strict=True)
        if rating
    ]
    if not rated:
        return None
    scale = scale_of(rating for _, rating in rated)
    return RatingsView(axis_of(scale), [_rating(tool, rating, scale) for tool, rating in rated])


def context_title(context: str) -> str:
    """Name a use case."""
    return NO_USE_CASE if context == OVERALL else words.title(context)


def _pair(
    pair: tuple[str, str], contexts: Contexts, standing: PairStanding, names: dict[str, str], context: str
) -> PairView:
    left, right = (names[slug] for slug in pair)
    chosen = {name: each for name, each in contexts.items() if context in {OVERALL, name}}
    share, interval = standing.estimate, standing.interval
    dropped = sum(sum(each.excluded.values()) for each in chosen.values())
    return PairView(
        left=left,
        right=right,
        address="/".join(pair),
        bar=_bar("All together" if context == OVERALL else context_title(context), chosen, left, right),
        whisker=_share_whisker(share, interval, left),
        range=f"{words.percents(interval)} would prefer {left}, in a larger crowd" if interval else None,
        reason=standing.reason,
        excluded=f"{count(dropped, 'preference')} taken out of the count" if dropped else None,
        contexts=[
            _bar(context_title(name), {name: each}, left, right)
            for name, each in contexts.items()
            if len(contexts) > 1
        ],
    )


def _share_whisker(share: float | None, interval: Interval | None, left: str) -> Whisker | None:
    if share is None or interval is None:
        return None
    title = f"{words.percent(share, interval)} for {left}, between {words.percents(interval)}"
    low, high = interval
    return Whisker(low=low, high=high, estimate=share, title=title)


def _bar(title: str, contexts: Contexts, left: str, right: str) -> BarView:
    seen = PreferenceTally(
        wins=sum(each.left_wins for each in contexts.values()),
        losses=sum(each.right_wins for each in contexts.values()),
        ties=sum(each.ties for each in contexts.values()),
    )
    said = f"{seen.wins:,} prefer {left}, {seen.losses:,} prefer {right}, {count(seen.ties, 'tie')}"
    return BarView(
        context=title,
        left=f"{seen.wins:,}",
        ties=f"{seen.ties:,}",
        right=f"{seen.losses:,}",
        share=words.percent(seen.share),
        chart=Versus(left=seen.wins, ties=seen.ties, right=seen.losses, title=said),
    )


def _rating(tool: Tool, rating: ShownRating, scale: Scale) -> RatingView:
    return RatingView(
        tool=tool.slug,
        name=tool.name,
        value=words.NOTHING if rating.score is None else f"{rating.score:,.0f}",
        range=range_of(rating),
        votes=count(rating.votes, "matchup"),
        note=NOTES[rating.note] if rating.note else None,
        chart=chart_of(rating, scale),
    )
