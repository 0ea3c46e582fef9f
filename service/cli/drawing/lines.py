"""Charts in characters: whiskers, bars and the axes above them."""

from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from service.cli.drawing.layout import CHART_WIDTH_MIN, clean
from service.views.charts.scale import Scale
from service.views.charts.versus import Versus
from service.views.charts.whisker import Whisker
from service.views.ratings import Axis

CHART_WIDTH_MAX: Final = 60

WHO: Final = {"panel": "magenta", "crowd": "cyan"}
"""Whose word it is, which is its colour."""


class WhiskerLine:
    """A whisker: `├──●──┤` on an axis whose middle is marked; a bound that is missing has no cap."""

    def __init__(self, whisker: Whisker) -> None:
        self._whisker = whisker

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return _chart_measure(options)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(draw_whisker(self._whisker, options.max_width), style=WHO[self._whisker.who])


class VersusLine:
    """A bar of the left tool's wins, the ties and the right tool's wins."""

    def __init__(self, versus: Versus) -> None:
        self._versus = versus

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return _chart_measure(options)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        left, ties, right = draw_versus(self._versus, options.max_width)
        yield Text.assemble((left, "cyan"), (ties, "dim"), (right, "yellow"))


class AxisLine:
    """The labels at the ends of an axis and in its middle."""

    def __init__(self, axis: Axis) -> None:
        self._axis = axis

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return _chart_measure(options)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width, axis = options.max_width, self._axis
        cells = [" "] * width
        middle = _cell(Scale(0, 1), 0.5, width)
        for word, begin in (
            (axis.low, 0),
            (axis.high, width - len(axis.high)),
            (axis.middle, middle - len(axis.middle) // 2),
        ):
            if begin >= 0 and all(cell == " " for cell in cells[max(0, begin - 1) : begin + len(word) + 1]):
                cells[begin : begin + len(word)] = clean(word)
        yield Text("".join(cells), style="dim")


def draw_whisker(whisker: Whisker, width: int) -> str:
    """Draw a whisker `width` cells wide; its estimate stands before its caps, these before the middle."""
    scale = whisker.scale
    cells = [" "] * width
    middle = _cell(scale, whisker.middle, width)
    cells[middle] = "┊"
    if whisker.span:
        begin, end = (_cell(scale, bound, width) for bound in whisker.ends)
        line = "╌" if None in {whisker.low, whisker.high} else "─"
        cells[begin : end + 1] = ["┼" if cell == middle else line for cell in range(begin, end + 1)]
    for bound, cap in ((whisker.low, "├"), (whisker.high, "┤")):
        if bound is not None:
            cells[_cell(scale, bound, width)] = cap
    if whisker.estimate is not None:
        cells[_cell(scale, whisker.estimate, width)] = "●"
    return "".join(cells)


def draw_versus(versus: Versus, width: int) -> tuple[str, str, str]:
    """Draw the parts of a bar that is `width` cells wide in all; a side with votes gets at least one."""
    counts = (versus.left, versus.ties, versus.right)
    total = sum(counts)
    if not total:
        return "", "╌" * width, ""
    cells = [max(1, round(width * count / total)) if count else 0 for count in counts]
    widest = cells.index(max(cells))
    cells[widest] += width - sum(cells)
    left, ties, right = (part * number for part, number in zip("█▒░", cells, strict=True))
    return left, ties, right


def _cell(scale: Scale, value: float, width: int) -> int:
    return round(scale.place(value) / 100 * (width - 1))


def _chart_measure(options: ConsoleOptions) -> Measurement:
    return Measurement(min(CHART_WIDTH_MIN, options.max_width), min(CHART_WIDTH_MAX, options.max_width))
