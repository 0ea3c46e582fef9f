"""Words, marks and tables in a terminal, and how they come to standard output.

Everything is drawn with the same few characters, each one cell wide. A terminal or file that cannot show them
gets others of the same width. So lines break at the same places everywhere, and columns stay aligned.
"""

import sys
from collections.abc import Iterable, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from service.views.shares import VerdictMark
from service.views.words import NOTHING

WIDTH_MAX: Final = 120
"""Lines longer than this are hard to read, however wide the terminal."""

COLUMN_WIDTH_MIN: Final = 22
CHART_WIDTH_MIN: Final = 12

MARKS: Final = {"ship": "●", "skip": "○", "close": "◐", "none": "·"}
MARK_COLOURS: Final = {"ship": "green", "skip": "red", "close": "yellow", "none": "dim"}
BELOW: Final = (1, 0, 0, 0)
"""Padding: a blank line above."""

ASCII: Final = {
    "├": "|",
    "─": "-",
    "┤": "|",
    "●": "*",
    "┊": ":",
    "┼": "+",
    "╌": ".",
    "█": "#",
    "▒": "=",
    "░": "-",
    "○": "o",
    "◐": "~",
    "·": "-",
    "…": ".",
    "\N{EM DASH}": "-",
    "\N{EN DASH}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
}
"""The characters that drawings use, and a substitute for encodings that lack one of them."""


class Beside:
    """Parts side by side, or one below the other where they lack room; None is left out there."""

    def __init__(self, parts: Sequence[RenderableType | None]) -> None:
        self._parts = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if not fits_beside(len(self._parts), options.max_width):
            shown = [part for part in self._parts if part is not None]
            yield from (Padding(part, BELOW) if number else part for number, part in enumerate(shown))
            return
        table = grid()
        for _ in self._parts:
            add_words(table, ratio=1)
        table.add_row(*(words(NOTHING, "dim") if part is None else part for part in self._parts))
        yield table


def fits_beside(columns: int, width: int) -> bool:
    """Tell whether so many columns of words have room beside each other."""
    return width // columns >= COLUMN_WIDTH_MIN


def clean(text: str) -> str:
    """Leave out what could control a terminal, or break a line elsewhere than here."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def words(text: str, style: str = "") -> Text:
    """Make text of what somebody wrote; it breaks between words, and within them where it has to."""
    return Text(clean(text), style=style, overflow="fold")


def mark(verdict: VerdictMark) -> Text:
    """Show a verdict as a shape and a word."""
    return words(f"{MARKS[verdict.kind]} {verdict.word}", MARK_COLOURS[verdict.kind])


def heading(text: str) -> RenderableType:
    """Show what follows, with a blank line before it."""
    return Padding(words(text, "bold"), BELOW)


def lines(*parts: RenderableType | None) -> Group:
    """Put parts below each other; None is left out."""
    return Group(*(part for part in parts if part is not None))


def grid(*, header: bool = False) -> Table:
    """Make a table without rules, as wide as there is room."""
    return Table(
        box=None,
        expand=True,
        show_header=header,
        header_style="dim",
        padding=(0, 2, 0, 0),
        pad_edge=False,
    )


def add_words(table: Table, title: RenderableType = "", *, ratio: int) -> None:
    """Add a column of words that takes its part of the room."""
    table.add_column(title, ratio=ratio, overflow="fold", min_width=CHART_WIDTH_MIN // 2)


def add_numbers(table: Table, title: RenderableType = "") -> None:
    """Add a column that is as wide as its numbers."""
    table.add_column(title, justify="right", overflow="fold")


def add_charts(table: Table, title: RenderableType = "", *, ratio: int) -> None:
    """Add a column of charts that takes its part of the room."""
    table.add_column(title, ratio=ratio, overflow="fold", min_width=CHART_WIDTH_MIN)


def print_drawing(parts: Iterable[RenderableType]) -> None:
    """Write to standard output: in colour to a terminal that has some, plain to anything else."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    sys.stdout.write(render(parts, console, encoding=sys.stdout.encoding or "ascii"))


def render(parts: Iterable[RenderableType], console: Console, *, encoding: str) -> str:
    """Return what the console shows of some parts, in characters that the encoding has."""
    width = min(console.width, WIDTH_MAX)
    with console.capture() as capture:
        for part in parts:
            console.print(part, width=width)
    shown = "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"
    return shown if _can_show("".join(ASCII), encoding) else _plain(shown, encoding)


def _plain(text: str, encoding: str) -> str:
    return "".join(
        letter if _can_show(letter, encoding) else "?" * cell_len(letter)
        for letter in text.translate(str.maketrans(ASCII))
    )


def _can_show(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
