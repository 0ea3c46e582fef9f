"""Counts the rows that cannot be used, by reason, with the first line numbers of each reason."""

import csv
from collections.abc import Callable, Iterator
from typing import Final, TextIO

from msgspec import Struct, field

from events.log.commands import Refusal

LINES_SHOWN_MAX: Final = 10
VALUES_SHOWN_MAX: Final = 10
VALUE_CHARS_MAX: Final = 60


class RejectReason(Struct, frozen=True):
    """Why a row cannot be used. `kind` is the same for all values; `detail` names this row's value."""

    kind: str
    detail: str


class ReasonCount(Struct):
    """How often a reason occurred, and the first lines on which it did."""

    rows: int = 0
    lines: list[int] = field(default_factory=list)


class Rejects:
    """Counts rows by reason. For each kind, only the first few values are counted apart, to bound memory."""

    def __init__(self, file: TextIO | None = None) -> None:
        """Also write the line number and reason of each row to `file`, as CSV."""
        self._tallies: dict[str, ReasonCount] = {}
        self._details: dict[str, int] = {}
        self._write: Callable[[tuple[int | str, str]], object] | None = None
        self.rows = 0
        if file is not None:
            self._write = csv.writer(file, lineterminator="\n").writerow
            self._write(("line", "reason"))

    def add(self, line: int, reason: RejectReason) -> None:
        """Count one row."""
        self.rows += 1
        if self._write is not None:
            self._write((line, reason.detail))
        tally = self._tallies.get(reason.detail)
        if tally is None:
            tally = self._open(reason)
        tally.rows += 1
        if len(tally.lines) < LINES_SHOWN_MAX:
            tally.lines.append(line)

    def report(self) -> Iterator[str]:
        """Yield a line for each reason, with its count and first line numbers, the most frequent first."""
        for reason, tally in sorted(self._tallies.items(), key=lambda item: -item[1].rows):
            lines = ", ".join(f"{line}" for line in sorted(tally.lines))
            if tally.rows == 1:
                yield f"{reason}: 1 row, line {lines}"
            elif tally.rows <= LINES_SHOWN_MAX:
                yield f"{reason}: {tally.rows} rows, lines {lines}"
            else:
                yield f"{reason}: {tally.rows:,} rows, first in lines {lines}, …"

    def _open(self, reason: RejectReason) -> ReasonCount:
        values = self._details.get(reason.kind, 0) + 1
        if values <= VALUES_SHOWN_MAX:
            self._details[reason.kind] = values
            return self._tallies.setdefault(reason.detail, ReasonCount())
        return self._tallies.setdefault(f"{reason.kind} (other values)", ReasonCount())


def reason_of(refusal: Refusal) -> RejectReason:
    """Turn a refusal into a reason."""
    return RejectReason(refusal.title, refusal.detail.removesuffix("."))


def quote(value: str) -> str:
    """Quote a value for one line of a message, shortened."""
    short = value if len(value) <= VALUE_CHARS_MAX else value[: VALUE_CHARS_MAX - 1] + "…"
    return repr(short)
