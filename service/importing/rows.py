"""Turns records into rows, each with a voter, a choice and tools, and counts those that cannot be used."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final, Generic, TypeVar

from msgspec import Struct

from events.times import in_utc
from service.http.schemas import NAME_LENGTH_MAX
from service.importing.records import Malformed, Record
from service.importing.rejects import RejectReason, Rejects, quote

REMEMBERED_MAX: Final = 100_000
"""Number of valid voters, and of parsed times, that are remembered: most occur again."""

UNMAPPED_MAX: Final = 100
"""Number of choices without a meaning that are remembered."""

ChoiceT = TypeVar("ChoiceT", bound=str)
"""The choices of this kind of file."""


class Columns(Struct, Generic[ChoiceT], frozen=True, kw_only=True):
    """The index of each column of a file that has `width` columns, and what their values mean.

    Attributes:
        names: The names of all columns, for messages.
        tools: A column for each tool that a row is about.
        choices: The choice that each value of the choice column means.
        choice_is: The word for that column's values in messages.
        context: The column of the contexts; None if there is none.
        at: The column of the times; None if there is none.
    """

    width: int
    names: tuple[str, ...]
    tools: tuple[int, ...]
    voter: int
    choice: int
    choices: Mapping[str, ChoiceT]
    choice_is: str
    context: int | None = None
    at: int | None = None


FileRow = tuple[int, tuple[str, ...], str, ChoiceT, str | None, datetime | None]
"""Line, tools, voter, choice, context and time of a record. The tools and the context are not checked yet."""


class RowReader(Generic[ChoiceT]):
    """Turns records into rows, and counts the records that it cannot use."""

    def __init__(self, columns: Columns[ChoiceT], rejects: Rejects) -> None:
        self._columns = columns
        self._rejects = rejects
        self._pick = _picker(columns.tools)
        self._voters: set[str] = set()
        self._times: dict[str, datetime] = {}
        self._unmapped: dict[str, RejectReason] = {}
        self.rows = 0
        self.last_line = 1

    def read(self, records: Iterable[Record]) -> list[FileRow[ChoiceT]]:
        """Read a block of records."""
        columns, pick = self._columns, self._pick
        width, voter, choice, context, at = (
            columns.width,
            columns.voter,
            columns.choice,
            columns.context,
            columns.at,
        )
        choices, voters, times = columns.choices, self._voters, self._times
        unmapped = self._unmapped
        found: list[FileRow[ChoiceT]] = []
        line, rows = self.last_line, 0
        for line, values in records:
            rows += 1
            if isinstance(values, list) and len(values) == width:
                chosen, account, tools = choices.get(values[choice]), values[voter], pick(values)
                time = None if at is None else times.get(values[at])
                about = None if context is None else values[context]
                # Values that were checked before take the fast path, all others the slow one.
                if chosen and account in voters and "" not in tools and about != "" and (time or at is None):
                    found.append((line, tools, account, chosen, about, time))
                elif chosen is None and values[choice] in unmapped:
                    self._rejects.add(line, unmapped[values[choice]])
                elif row := self._check(line, values):
                    found.append(row)
            elif values:
                self._rejects.add(line, _malformed(values, width))
            else:
                rows -= 1
        self.last_line = line
        self.rows += rows
        return found

    def _check(self, line: int, values: list[str]) -> FileRow[ChoiceT] | None:
        columns = self._columns
        account, choice = values[columns.voter], values[columns.choice]
        chosen = columns.choices.get(choice)
        time = None if columns.at is None else self._time(values[columns.at])
        reason = self._empty(values)
        if reason is None and account not in self._voters:
            reason = unstorable("voter", account)
        if reason is None and chosen is None:
            reason = self._remember_unmapped(choice)
        if reason is None and columns.at is not None and time is None:
            reason = RejectReason(
                "not an ISO 8601 date or time", f"{quote(values[columns.at])} is not an ISO 8601 date or time"
            )
        if reason is not None or chosen is None:
            self._rejects.add(line, reason or self._remember_unmapped(choice))
            return None
        if len(self._voters) >= REMEMBERED_MAX:
            self._voters.clear()
        self._voters.add(account)
        context = None if columns.context is None else values[columns.context]
        return line, self._pick(values), account, chosen, context, time

    def _remember_unmapped(self, choice: str) -> RejectReason:
        what = self._columns.choice_is
        reason = RejectReason(f"{what} is not mapped", f"{what} {quote(choice)} is not mapped")
        if len(self._unmapped) < UNMAPPED_MAX:
            self._unmapped[choice] = reason
        return reason

    def _empty(self, values: list[str]) -> RejectReason | None:
        columns = self._columns
        for index in (*columns.tools, columns.voter, columns.choice, columns.context, columns.at):
            if (
                index is not None
                and not values[index].strip()
                and not (index == columns.choice and values[index] in columns.choices)
            ):
                detail = f"no value in column {quote(columns.names[index])}"
                return RejectReason(detail, detail)
        return None

    def _time(self, text: str) -> datetime | None:
        if (time := self._times.get(text)) is not None:
            return time
        try:
            time = in_utc(datetime.fromisoformat(text.strip()))
        except ValueError:
            return None
        if len(self._times) >= REMEMBERED_MAX:
            self._times.clear()
        self._times[text] = time
        return time


def unstorable(what: str, value: str) -> RejectReason | None:
    """Return the reason why a name cannot be stored; None if it can."""
    if len(value) > NAME_LENGTH_MAX:
        detail = f"the {what} is longer than {NAME_LENGTH_MAX} characters"
    elif "\0" in value:
        detail = f"the {what} contains a NUL character"
    elif not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        detail = f"the {what} is not UTF-8"
    else:
        return None
    return RejectReason(detail, detail)


def _picker(columns: tuple[int, ...]) -> Callable[[list[str]], tuple[str, ...]]:
    first, *others = columns
    if others:
        return lambda values: tuple(values[column] for column in columns)
    return lambda values: (values[first],)


def _malformed(values: list[str] | Malformed, width: int) -> RejectReason:
    if isinstance(values, Malformed):
        return RejectReason(values.reason, values.reason)
    held = "1 value" if len(values) == 1 else f"{len(values)} values"
    return RejectReason("number of values", f"{held}, but the header names {width} columns")
