"""Tools side by side in a terminal: all that the comparison page shows, the verdict last, where eyes rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding

from projections.catalogue.queries import Tool
from projections.comparison.compare import TOOLS_MIN
from projections.comparison.numbers import join
from service.cli.drawing.layout import (
    BELOW,
    Beside,
    add_charts,
    add_numbers,
    add_words,
    fits_beside,
    grid,
    heading,
    lines,
    mark,
    words,
)
from service.cli.drawing.lines import AxisLine, WhiskerLine
from service.cli.drawing.matchups import draw_matchups
from service.reads.comparisons import Compared
from service.reads.measures import Who
from service.views import facts
from service.views.boards import SHARE_AXIS
from service.views.comparisons.reviews import ReviewCell, lens_views
from service.views.comparisons.shares import SharesView, shares_views
from service.views.comparisons.standings import VerdictView, verdict_view
from service.views.words import NOTHING, title

WOULD_SHIP: Final[Mapping[Who, str]] = {"panel": "The panel would ship", "crowd": "The crowd would ship"}
FACT_LABEL_WIDTH: Final = 10


def _price(tool: Tool) -> str:
    price = facts.price(tool)
    return "\n\n".join(part for part in (price.model, price.entry, price.note) if part) if price else ""


FACT_ROWS: Final[Mapping[str, Callable[[Tool], str]]] = {
    "In short": lambda tool: tool.tagline,
    "Price": _price,
    "Vendor": lambda tool: tool.vendor,
    "Category": lambda tool: title(tool.category),
    "Homepage": lambda tool: tool.homepage,
    "About": lambda tool: tool.description,
}


def draw_comparison(found: Compared, *, moment: str | None) -> Iterator[RenderableType]:
    """Draw a comparison, part by part; `moment` is the one that it shows, in words; None is now."""
    names = [tool.name for tool in found.tools]
    yield words(f"{join(names, word='or')}: which should you ship with?", "bold")
    if moment:
        yield words(f"As it stood at {moment}.")
    yield heading("Facts and price")
    yield Facts(found.tools)
    for shares in shares_views(found):
        yield heading(WOULD_SHIP[shares.who])
        yield _shares(shares)
    yield from draw_matchups(found)
    yield heading("What the panel says, lens by lens")
    yield from _reviews(found)
    yield heading("The verdict")
    yield from _verdict(verdict_view(found))


class Facts:
    """The facts about tools: a column each, or one below the other where columns lack room."""

    def __init__(self, tools: Sequence[Tool]) -> None:
        self._names = [tool.name for tool in tools]
        told = {label: [tell(tool) for tool in tools] for label, tell in FACT_ROWS.items()}
        self._known = {label: values for label, values in told.items() if any(values)}

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if fits_beside(len(self._names), options.max_width - FACT_LABEL_WIDTH):
            yield self._table(range(len(self._names)))
        else:
            for number in range(len(self._names)):
                yield Padding(self._table([number]), BELOW if number else 0)

    def _table(self, numbers: Sequence[int]) -> RenderableType:
        table = grid()
        table.add_column(width=FACT_LABEL_WIDTH)
        for _ in numbers:
            add_words(table, ratio=1)
        table.add_row("", *(words(self._names[number], "bold") for number in numbers))
        for label, values in self._known.items():
            cells = (lines(*map(words, facts.paragraphs(values[number]) or [NOTHING])) for number in numbers)
            table.add_row(words(label, "dim"), *cells)
        return table


def _shares(shares: SharesView) -> RenderableType:
    table = grid(header=True)
    add_words(table, ratio=3)
    add_charts(table, AxisLine(SHARE_AXIS), ratio=5)
    add_numbers(table)
    add_numbers(table)
    for column in shares.columns:
        summary = column.summary
        table.add_row(
            lines(words(column.name, "bold"), mark(summary.verdict)),
            lines(
                WhiskerLine(summary.chart),
                words(summary.counted, "dim"),
                words(column.excluded, "dim") if column.excluded else None,
            ),
            words(summary.share, "bold"),
            words(summary.range or NOTHING),
        )
    return table


def _reviews(found: Compared) -> Iterator[RenderableType]:
    several = len(found.tools) > TOOLS_MIN
    for lens in lens_views(found.reviews, found.tools):
        yield Padding(words(lens.title, "underline"), BELOW)
        for number, row in enumerate(lens.rows):
            shown = Beside([_review(cell, several=several) for cell in row])
            yield Padding(shown, BELOW) if number else shown
    if not found.reviews:
        yield words("The panel has not reviewed any of them yet.", "dim")


def _review(cell: ReviewCell, *, several: bool) -> RenderableType | None:
    review = cell.review
    if review is None:
        return None if several else words(f"No review of {cell.name} beside this one.", "dim")
    return lines(
        mark(review.verdict),
        words(cell.name, "dim"),
        words(review.headline, "bold"),
        *map(words, review.paragraphs),
        words(f"{review.panelist} · {review.time.shown}", "dim"),
    )


def _verdict(verdict: VerdictView) -> Iterator[RenderableType]:
    yield words(verdict.summary, "bold")
    strength = verdict.strength and f"{verdict.strength}."
    if strength or verdict.fragility:
        yield words(" ".join(filter(None, (strength, verdict.fragility))))
    for standing in verdict.standings:
        yield words(f"{standing.heading}: {standing.said}", "bold" if standing.leads else "")
        reason = words(" ".join(filter(None, (standing.reason, standing.fragility))), "dim")
        yield Padding(reason, (0, 0, 0, 2))
