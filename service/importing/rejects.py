"""What could not be used: counted by reason, with the first line numbers of each."""

import csv
from collections.abc import Callable, Iterator
from typing import Final, TextIO

from msgspec import Struct, field

from events.log.commands import Refusal

LINES_SHOWN_MAX: Final = 10
VALUES_SHOWN_MAX: Final = 10
VALUE_CHARS_MAX: Final = 60


class Reason(Struct, frozen=True):
    """Why a row cannot be used. `kind` is the same for any value; `detail` names this row's."""

    kind: str
    detail: str


class Tally(Struct):
    """How often a reason occurred, and where first."""

    rows: int = 0
    lines: list[int] = field(default_factory=list)


class Rejects:
    """Counts rows by reason. Of one kind, only the first few values are told apart: memory stays bounded."""

    def __init__(self, file: TextIO | None = None) -> None:
        """Write each row's line number and reason to `file`, too, as CSV."""
        self._tallies: dict[str, Tally] = {}
        self._details: dict[str, int] = {}
        self._write: Callable[[tuple[int | str, str]], object] | None = None
        self.rows = 0
        if file is not None:
            self._write = csv.writer(file, lineterminator="\n").writerow
            self._write(("line", "reason"))

    def add(self, line: int, reason: Reason) -> None:
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
        """Word each reason with its count and first lines, the most frequent first."""
        for reason, tally in sorted(self._tallies.items(), key=lambda item: -item[1].rows):
            lines = ", ".join(f"{line}" for line in sorted(tally.lines))
            if tally.rows == 1:
                yield f"{reason}: 1 row, line {lines}"
            elif tally.rows <= LINES_SHOWN_MAX:
                yield f"{reason}: {tally.rows} rows, lines {lines}"
            else:
                yield f"{reason}: {tally.rows:,} rows, first in lines {lines}, …"

    def _open(self, reason: Reason) -> Tally:
        values = self._details.get(reason.kind, 0) + 1
        if values <= VALUES_SHOWN_MAX:
            self._details[reason.kind] = values
            return self._tallies.setdefault(reason.detail, Tally())
        return self._tallies.setdefault(f"{reason.kind} (other values)", Tally())


def refused(refusal: Refusal) -> Reason:
    """Word what the rules refuse as a reason."""
    return Reason(refusal.title, refusal.detail.removesuffix("."))


def shown(value: str) -> str:
    """Quote a value for one line of a message, shortened."""
    short = value if len(value) <= VALUE_CHARS_MAX else value[: VALUE_CHARS_MAX - 1] + "…"
    return repr(short)
