"""The difference between a replay's tables and the live ones: a table of counts, and examples."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from projections.comparison.numbers import count
from projections.rebuilding.comparing import ROWS_MAX
from projections.rebuilding.replays import Changed, Difference
from service.views import addresses, words
from service.views.differences import ColumnChange, TableChange, TableRow, changes, subject, value

SUBJECTS_SHOWN_MAX: Final = 25
EXAMPLES_MAX: Final = 5
"""Rows of one table that are shown of each subject, on either side."""


class TableDifference(Struct, frozen=True):
    """The size of the difference in one table: subjects, and rows to remove and to add."""

    model: str
    table: str
    subjects: str
    live: str
    rebuilt: str


class Example(Struct, frozen=True, kw_only=True):
    """The change to one subject in one table.

    Attributes:
        href: The tool's page; None if the subject is not a tool.
        lines: A column of a row that changes, or a whole row (`name` is "") that goes or comes.
        more: How many rows are left out, in words; "" if none are.
    """

    subject: str
    href: str | None
    model: str
    table: str
    lines: list[ColumnChange]
    more: str


class DifferenceView(Struct, frozen=True, kw_only=True):
    """A difference in words; `examples` is empty if nothing differs.

    Attributes:
        more: How many subjects are left out, in words; "" if none are.
    """

    said: str
    places: list[TableDifference]
    examples: list[Example]
    more: str


def difference_view(difference: Difference) -> DifferenceView:
    """Put a difference into words."""
    at = f"event {difference.position:,}"
    if not difference.count:
        said = f"No difference: what is served is exactly what the log comes to, up to {at}."
        return DifferenceView(said=said, places=[], examples=[], more="")
    shown = difference.items[:SUBJECTS_SHOWN_MAX]
    verb = "differs" if difference.count == 1 else "differ"
    return DifferenceView(
        said=f"{count(difference.count, 'subject')} {verb}, compared at {at}.",
        places=list(_places(difference)),
        examples=[_example(item, change) for item in shown for change in changes(item)],
        more=f"and {count(left, 'subject')} more" if (left := difference.count - len(shown)) else "",
    )


def _places(difference: Difference) -> Iterator[TableDifference]:
    found: dict[tuple[str, str], list[TableChange]] = defaultdict(list)
    for item in difference.items:
        for change in changes(item):
            found[item.model, change.table].append(change)
    left_out = difference.count > len(difference.items)
    for (model, table), changed in sorted(found.items()):
        yield TableDifference(
            model,
            table,
            _at_least(len(changed), known=not left_out),
            _rows([change.live for change in changed], left_out=left_out),
            _rows([change.rebuilt for change in changed], left_out=left_out),
        )


def _rows(sides: Sequence[Sequence[TableRow]], *, left_out: bool) -> str:
    known = not left_out and all(len(side) < ROWS_MAX for side in sides)
    return _at_least(sum(map(len, sides)), known=known)


def _at_least(number: int, *, known: bool) -> str:
    return f"{number:,}" if known else f"{number:,} or more"


def _example(item: Changed, change: TableChange) -> Example:
    lines = list(change.columns)
    more = 0
    if not lines:
        live, rebuilt = change.live[:EXAMPLES_MAX], change.rebuilt[:EXAMPLES_MAX]
        lines = [ColumnChange("", _row(row), words.NOTHING) for row in live]
        lines += [ColumnChange("", words.NOTHING, _row(row)) for row in rebuilt]
        more = len(change.live) + len(change.rebuilt) - len(lines)
    return Example(
        subject=subject(item),
        href=None if item.tool is None else addresses.tool(item.tool),
        model=item.model,
        table=change.table,
        lines=lines,
        more=f"and {count(more, 'row')} more" if more else "",
    )


def _row(row: TableRow) -> str:
    return ", ".join(f"{name} {value(of)}" for name, of in row.items())
