"""A leaderboard in a terminal: ranks that may be ties, intervals as whiskers, and who has no rank and why."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from rich.console import RenderableType
from rich.padding import Padding

from events.facts import OVERALL
from service.cli.drawing.layout import BELOW, add_charts, add_numbers, add_words, grid, heading, lines, words
from service.cli.drawing.lines import AxisLine, WhiskerLine
from service.reads.measures import Measure
from service.views.boards import BoardRow, ShownBoard, board_title
from service.views.words import NOTHING

NEW: Final = "new"


class DrawnLeaderboard(Struct, frozen=True, kw_only=True):
    """A leaderboard to draw. `moment` says in words which moment it shows; None is now."""

    category: str
    measure: Measure
    context: str | None
    moment: str | None
    board: ShownBoard


def draw_leaderboard(shown: DrawnLeaderboard) -> Iterator[RenderableType]:
    """Draw a leaderboard, part by part."""
    rows = shown.board.rows
    yield words(board_title(shown.category), "bold")
    yield words(_deck(shown))
    if ranked := [row for row in rows if row.rank is not None]:
        yield _table(shown, ranked)
    if unranked := [row for row in rows if row.rank is None]:
        yield heading("Not ranked")
        yield words(shown.measure.unranked, "dim")
        yield _unranked(unranked)
    if not rows:
        yield words("No tool was listed then." if shown.moment else "No tool is listed yet.")
    if len(rows) < shown.board.total:
        yield heading(f"1\N{EN DASH}{len(rows):,} of {shown.board.total:,}")


def _deck(shown: DrawnLeaderboard) -> str:
    context = "" if shown.context in {None, OVERALL} else f" for {shown.context}"
    moment = f", as it stood at {shown.moment}" if shown.moment else ""
    return f"Ranked {shown.measure.ranked}{context}{moment}."


def _table(shown: DrawnLeaderboard, rows: Sequence[BoardRow]) -> RenderableType:
    table = grid(header=True)
    add_numbers(table, "Rank")
    add_words(table, "Tool", ratio=3)
    add_charts(table, AxisLine(shown.board.axis), ratio=4)
    add_numbers(table, shown.measure.value)
    add_numbers(table)
    add_numbers(table, "7 days")
    for row in rows:
        table.add_row(
            words(row.rank or NOTHING),
            lines(words(row.name, "bold"), words(_counted(row), "dim")),
            WhiskerLine(row.chart),
            words(row.value, "bold"),
            words(row.range or NOTHING),
            words(row.trend.points if row.trend else NEW),
        )
    return Padding(table, BELOW)


def _unranked(rows: Sequence[BoardRow]) -> RenderableType:
    table = grid()
    add_words(table, ratio=1)
    for row in rows:
        table.add_row(words(f"{row.name}, {_counted(row)}" if row.range else row.name))
    return Padding(table, (0, 0, 0, 2))


def _counted(row: BoardRow) -> str:
    return f"{row.votes}; {row.note}" if row.note else row.votes
