"""CSV lines into records that know their line numbers; a broken line costs itself alone."""

import csv
from collections import deque
from collections.abc import Iterator

from msgspec import Struct


class Malformed(Struct, frozen=True):
    """A line that is no CSV, and why."""

    reason: str


class Records:
    """Records by the number of the line each begins on; a quoted value may hold line breaks.

    After a broken record reading goes on with the line after its first: a quote that is never closed
    would else swallow what follows. Blank lines are no records.
    """

    def __init__(self, lines: Iterator[str], *, first_line: int) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._next_line = first_line

    def __iter__(self) -> Iterator[tuple[int, list[str] | Malformed]]:
        more = True
        while more:
            more = False
            try:
                for values in csv.reader(self._feed(), strict=True):
                    line = self._next_line
                    self._next_line = line + len(self._taken)
                    self._taken.clear()
                    if values:
                        yield line, values
            except csv.Error as error:
                more = True
                yield self._reject(error)

    def _feed(self) -> Iterator[str]:
        while True:
            if self._again:
                line = self._again.popleft()
            else:
                line = next(self._lines, "")
                if not line:
                    return
            self._taken.append(line)
            yield line

    def _reject(self, error: csv.Error) -> tuple[int, Malformed]:
        line = self._next_line
        spans = len(self._taken) > 1 or str(error) == "unexpected end of data"
        self._next_line = line + 1
        self._again.extendleft(reversed(self._taken[1:]))
        self._taken.clear()
        return line, Malformed("a quote is opened and not closed well" if spans else f"no valid CSV: {error}")
