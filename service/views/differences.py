"""The difference between rebuilt and live read models in words, for the command line and the console."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from projections.rebuilding.replays import Changed

VALUE_LENGTH_MAX: Final = 40

TableRow = Mapping[str, Any]


class ColumnChange(Struct, frozen=True):
    """The live and the rebuilt value of a column."""

    name: str
    live: str
    rebuilt: str


class TableChange(Struct, frozen=True):
    """The change that a swap makes to one subject in one table.

    Attributes:
        live: Rows that the swap would remove.
        rebuilt: Rows that the swap would add.
    """

    table: str
    live: Sequence[TableRow]
    rebuilt: Sequence[TableRow]

    @property
    def columns(self) -> Sequence[ColumnChange]:
        """The changes within a row that stands on both sides; nothing where several rows change, or none."""
        if not len(self.live) == len(self.rebuilt) == 1:
            return ()
        live, rebuilt = self.live[0], self.rebuilt[0]
        return [
            ColumnChange(name, value(live.get(name)), value(rebuilt[name]))
            for name in rebuilt
            if live.get(name) != rebuilt[name]
        ]


def changes(change: Changed) -> Iterator[TableChange]:
    """Group the changes of a subject by table."""
    for table in sorted({*change.before, *change.after}):
        yield TableChange(table, change.before.get(table, ()), change.after.get(table, ()))


def subject(change: Changed) -> str:
    """Name the subject of a change."""
    if change.tool is not None:
        return change.tool
    if change.panelist is not None:
        return f"panelist {change.panelist}"
    for rows in (change.before, change.after):
        for row in rows.get("matchups", ()):
            return f"{row['left_slug']} vs {row['right_slug']}, {row['context']}"
    return "no tool or panelist"


def value(of: Any) -> str:  # noqa: ANN401 - whatever a column holds
    """Write a column's value, not too long."""
    text = f"{of:,}" if isinstance(of, int) and not isinstance(of, bool) else str(of)
    return text if len(text) <= VALUE_LENGTH_MAX else f"{text[: VALUE_LENGTH_MAX - 1]}…"
