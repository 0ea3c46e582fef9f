"""Head to head in a terminal: what is preferred of each two tools, by use case, and how strong each is."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding

from service.cli.drawing.layout import BELOW, add_charts, add_numbers, add_words, grid, heading, lines, words
from service.cli.drawing.lines import AxisLine, VersusLine, WhiskerLine
from service.reads.comparisons import Compared
from service.views.comparisons.matchups import PairView, RatingsView, pair_views, ratings_view, unmet
from service.views.words import NOTHING


def draw_matchups(found: Compared) -> Iterator[RenderableType]:
    """Draw everything that head-to-head votes say of the tools."""
    yield heading("Head to head")
    for number, pair in enumerate(pair_views(found)):
        yield Padding(lines(*_pair(pair)), BELOW if number else 0)
    if nobody := unmet(found):
        yield words(f"Nobody has voted yet between {nobody}.", "dim")
    if ratings := ratings_view(found.tools, found.ratings):
        yield heading("Rating by all their matchups, with any tool")
        yield _ratings(ratings)


def _pair(pair: PairView) -> Iterator[RenderableType]:
    bar = pair.bar
    yield words(
        f"{bar.left} prefer {pair.left} · {bar.ties} neither · {bar.right} prefer {pair.right}", "bold"
    )
    yield words(f"{bar.context}: {bar.share} for {pair.left}", "dim")
    yield VersusLine(bar.chart)
    if pair.whisker:
        yield WhiskerLine(pair.whisker)
        yield words(pair.range or NOTHING, "dim")
    if pair.excluded:
        yield words(f"{pair.excluded}.", "dim")
    if pair.contexts:
        yield _contexts(pair)


def _contexts(pair: PairView) -> RenderableType:
    table = grid(header=True)
    add_words(table, "By use case", ratio=3)
    add_words(table, words(pair.left), ratio=2)
    add_numbers(table, "Neither")
    add_words(table, words(pair.right), ratio=2)
    add_charts(table, ratio=4)
    add_numbers(table)
    for bar in pair.contexts:
        table.add_row(
            words(bar.context), bar.left, bar.ties, bar.right, VersusLine(bar.chart), words(bar.share)
        )
    return Padding(table, BELOW)


def _ratings(ratings: RatingsView) -> RenderableType:
    table = grid(header=True)
    add_words(table, ratio=3)
    add_charts(table, AxisLine(ratings.axis), ratio=5)
    add_numbers(table)
    add_numbers(table)
    for row in ratings.rows:
        table.add_row(
            words(row.name, "bold"),
            lines(
                WhiskerLine(row.chart), words(f"{row.votes}; {row.note}" if row.note else row.votes, "dim")
            ),
            words(row.value, "bold"),
            words(row.range or NOTHING),
        )
    return table
