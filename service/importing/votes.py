"""Records into votes."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from events.facts import Choice
from service.bodies import NAME_LENGTH_MAX
from service.importing.records import Malformed, Record
from service.importing.rejects import Reason, Rejects, shown

REMEMBERED_MAX: Final = 100_000
"""Voters and times whose form is known to be right; they mostly come again."""

UNMAPPED_MAX: Final = 100
"""Choices known to mean nothing."""


class Columns(Struct, frozen=True, kw_only=True):
    """Where a vote's values are: indices of columns among `width`, and the names for messages.

    Attributes:
        at: Index of the column that says when it happened; None if nobody does.
        choices: What a value of the choice column means.
    """

    width: int
    names: tuple[str, ...]
    tool: int
    voter: int
    choice: int
    at: int | None
    choices: Mapping[str, Choice]


Vote = tuple[int, str, str, Choice, datetime | None]
"""Line, tool, voter, choice and time of a row that can be used, if its tool can."""


class VoteReader:
    """Turns records into votes, and counts those it cannot."""

    def __init__(self, columns: Columns, rejects: Rejects) -> None:
        self._columns = columns
        self._rejects = rejects
        self._voters: set[str] = set()
        self._times: dict[str, datetime] = {}
        self._unmapped: dict[str, Reason] = {}
        self.rows = 0
        self.last_line = 1

    def read(self, records: Iterable[Record]) -> list[Vote]:
        """Read a block of records; the votes' tools are still unchecked."""
        columns = self._columns
        width, tool, voter, choice, at = (
            columns.width,
            columns.tool,
            columns.voter,
            columns.choice,
            columns.at,
        )
        choices, voters, times = columns.choices, self._voters, self._times
        unmapped = self._unmapped
        votes: list[Vote] = []
        line, rows = self.last_line, 0
        for line, values in records:
            rows += 1
            if isinstance(values, list) and len(values) == width:
                chosen, account, name = choices.get(values[choice]), values[voter], values[tool]
                time = None if at is None else times.get(values[at])
                # What was seen before needs no second look; all else takes the slow path.
                if chosen and name and account in voters and (time or at is None):
                    votes.append((line, name, account, chosen, time))
                elif chosen is None and values[choice] in unmapped:
                    self._rejects.add(line, unmapped[values[choice]])
                elif vote := self._look(line, values):
                    votes.append(vote)
            elif values:
                self._rejects.add(line, _misshapen(values, width))
            else:
                rows -= 1
        self.last_line = line
        self.rows += rows
        return votes

    def _look(self, line: int, values: list[str]) -> Vote | None:
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
            reason = Reason(
                "not an ISO 8601 date or time", f"{shown(values[columns.at])} is no ISO 8601 date or time"
            )
        if reason is not None or chosen is None:
            self._rejects.add(line, reason or self._remember_unmapped(choice))
            return None
        if len(self._voters) >= REMEMBERED_MAX:
            self._voters.clear()
        self._voters.add(account)
        return line, values[columns.tool], account, chosen, time

    def _remember_unmapped(self, choice: str) -> Reason:
        reason = Reason("choice is not mapped", f"choice {shown(choice)} is not mapped")
        if len(self._unmapped) < UNMAPPED_MAX:
            self._unmapped[choice] = reason
        return reason

    def _empty(self, values: list[str]) -> Reason | None:
        columns = self._columns
        for index in (columns.tool, columns.voter, columns.choice, columns.at):
            if (
                index is not None
                and not values[index].strip()
                and not (index == columns.choice and values[index] in columns.choices)
            ):
                detail = f"no value in column {shown(columns.names[index])}"
                return Reason(detail, detail)
        return None

    def _time(self, text: str) -> datetime | None:
        if (time := self._times.get(text)) is not None:
            return time
        try:
            time = datetime.fromisoformat(text.strip())
            time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
        except (ValueError, OverflowError):
            return None
        if len(self._times) >= REMEMBERED_MAX:
            self._times.clear()
        self._times[text] = time
        return time


def unstorable(what: str, value: str) -> Reason | None:
    """Tell why a name cannot be kept; None if it can."""
    if len(value) > NAME_LENGTH_MAX:
        detail = f"the {what} is longer than {NAME_LENGTH_MAX} characters"
    elif "\0" in value:
        detail = f"the {what} holds a NUL character"
    elif not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        detail = f"the {what} is no UTF-8"
    else:
        return None
    return Reason(detail, detail)


def _misshapen(values: list[str] | Malformed, width: int) -> Reason:
    if isinstance(values, Malformed):
        return Reason(values.reason, values.reason)
    held = "1 value" if len(values) == 1 else f"{len(values)} values"
    return Reason("number of values", f"{held}, but the header names {width} columns")
