"""Records into votes."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

from msgspec import Struct

from events.facts import Choice
from service.bodies import NAME_LENGTH_MAX
from service.importing.records import Malformed
from service.importing.rejects import Reason, Rejects, shown

REMEMBERED_MAX: Final = 100_000
"""Voters and times whose form is known to be right; they mostly come again."""


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


class Vote(NamedTuple):
    """A row that can be used, if its tool can."""

    line: int
    tool: str
    voter: str
    choice: Choice
    at: datetime | None


class VoteReader:
    """Turns records into votes, and counts those it cannot."""

    def __init__(self, columns: Columns, rejects: Rejects) -> None:
        self._columns = columns
        self._rejects = rejects
        self._voters: set[str] = set()
        self._times: dict[str, datetime] = {}
        self.rows = 0
        self.last_line = 1
        self.ended = False

    def read(
        self, records: Iterable[tuple[int, list[str] | Malformed]], *, votes_max: int, rows_max: int
    ) -> list[Vote]:
        """Read up to `votes_max` votes from up to `rows_max` rows, their tools still unchecked."""
        columns = self._columns
        width, tool, voter, choice, at = (
            columns.width, columns.tool, columns.voter, columns.choice, columns.at
        )  # fmt: skip
        choices, voters, times = columns.choices, self._voters, self._times
        votes: list[Vote] = []
        line, stop = self.last_line, self.rows + rows_max
        for line, values in records:
            self.rows += 1
            if isinstance(values, list) and len(values) == width:
                chosen, account, name = choices.get(values[choice]), values[voter], values[tool]
                time = None if at is None else times.get(values[at])
                # What was seen before needs no second look; all else takes the slow path.
                if chosen and name and account in voters and (time or at is None):
                    votes.append(Vote(line, name, account, chosen, time))
                elif vote := self._look(line, values):
                    votes.append(vote)
            else:
                self._rejects.add(line, _misshapen(values, width))
            if len(votes) >= votes_max or self.rows >= stop:
                break
        else:
            self.ended = True
        self.last_line = line
        return votes

    def _look(self, line: int, values: list[str]) -> Vote | None:
        columns = self._columns
        account, name = values[columns.voter], values[columns.tool]
        chosen = columns.choices.get(values[columns.choice])
        reason = (
            self._empty(values)
            or (None if account in self._voters else unstorable("voter", account))
            or (None if chosen else _unmapped(values[columns.choice]))
        )
        time = None
        if reason is None and columns.at is not None:
            time = self._time(values[columns.at])
            if time is None:
                reason = Reason(
                    "not an ISO 8601 date or time", f"{shown(values[columns.at])} is no ISO 8601 date or time"
                )
        if reason is not None or chosen is None:
            self._rejects.add(line, reason or _unmapped(values[columns.choice]))
            return None
        if len(self._voters) >= REMEMBERED_MAX:
            self._voters.clear()
        self._voters.add(account)
        return Vote(line, name, account, chosen, time)

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


def _unmapped(value: str) -> Reason:
    return Reason("choice is not mapped", f"choice {shown(value)} is not mapped")


def _misshapen(values: list[str] | Malformed, width: int) -> Reason:
    if isinstance(values, Malformed):
        return Reason(values.reason, values.reason)
    held = "1 value" if len(values) == 1 else f"{len(values)} values"
    return Reason("number of values", f"{held}, but the header names {width} columns")
