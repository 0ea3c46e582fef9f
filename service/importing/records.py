"""Splits CSV lines into records with their line numbers. A malformed line loses no other line."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from msgspec import Struct

BLOCK_LINES: Final = 1_000


class Malformed(Struct, frozen=True):
    """A line that is not valid CSV, and the reason."""

    reason: str


Record = tuple[int, list[str] | Malformed]
"""The number of the line on which a record begins, and its values; a blank line has none."""


class Records:
    """Yields records block by block. A quoted value may contain line breaks.

    After a malformed record, reading continues with the line after its first one. Otherwise a quote that is
    never closed would swallow all lines after it.
    """

    def __init__(self, lines: Iterator[str], *, first_line: int) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._next_line = first_line

    def __iter__(self) -> Iterator[Iterable[Record]]:
        while lines := self._block():
            try:
                values = list(csv.reader(lines, strict=True))
            except csv.Error:
                values = []
            if len(values) == len(lines):
                first = self._next_line
                self._next_line += len(lines)
                yield enumerate(values, first)
            else:
                # Some record of this block spans several lines, or is malformed.
                self._again.extendleft(reversed(lines))
                yield self._one_by_one(self._next_line + len(lines))

    def _one_by_one(self, end: int) -> Iterator[Record]:
        while self._next_line < end:
            line = self._next_line
            taken: list[str] = []
            try:
                values = next(csv.reader(self._feed(taken), strict=True), None)
            except csv.Error as error:
                self._again.extendleft(reversed(taken[1:]))
                self._next_line += 1
                yield line, _malformed(error, lines=len(taken))
            else:
                self._next_line += len(taken)
                if values is None:
                    return
                yield line, values

    def _feed(self, taken: list[str]) -> Iterator[str]:
        """Yield the lines that are to be read again, then the file's, and add each one to `taken`."""
        while self._again:
            taken.append(self._again.popleft())
            yield taken[-1]
        for line in self._lines:
            taken.append(line)
            yield line

    def _block(self) -> list[str]:
        again = [self._again.popleft() for _ in range(min(BLOCK_LINES, len(self._again)))]
        return again + list(islice(self._lines, BLOCK_LINES - len(again)))


def _malformed(error: csv.Error, *, lines: int) -> Malformed:
    if lines > 1 or str(error) == "unexpected end of data":
        return Malformed("a quote is opened and not closed well")
    return Malformed(f"not valid CSV: {error}")
