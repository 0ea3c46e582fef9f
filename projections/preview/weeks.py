"""The verdicts of two rules, side by side at the end of each week of the past."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import accumulate
from typing import Final

from msgspec import Struct

from events.ids import SubjectId
from projections.past.moments import State
from projections.preview import sql
from projections.preview.crowd import count_votes
from projections.rules.rule import Rule, Verdict

PAGE_ROWS_MAX: Final = 1_000
"""Weeks of tools looked at in one go; between them the process answers others."""

Verdicts = tuple[Verdict | None, Verdict | None]
"""By the rule before, and by the one after."""

_NONE: Final[Verdicts] = (None, None)


class Flip(Struct, frozen=True, kw_only=True):
    """A verdict that would have been another for a while.

    Attributes:
        start: The week at whose end it was first so; weeks begin on Monday, in UTC.
        until: The week at whose end it was no longer so; None if it still is.
    """

    start: datetime
    until: datetime | None
    before: Verdict | None
    after: Verdict | None


class Week(Struct, frozen=True):
    """How tools stood at the end of a week.

    Attributes:
        start: When the week begins.
        verdicts: Tools that had a verdict, by either rule.
        flips: Those of them whose verdict would have been another.
    """

    start: datetime
    verdicts: int
    flips: int


class Weeks(Struct, frozen=True):
    """All weeks in which the votes on any tool changed, and the flips of some tools, the oldest first."""

    weeks: list[Week]
    flips: Mapping[SubjectId, list[Flip]]


async def compare_weeks(
    state: State, category: str | None, *, before: Rule, after: Rule, told: Collection[SubjectId]
) -> Weeks:
    """Compare what two rules make of the past of the tools listed in a category, or in any (None).

    Votes count as published. The past is read page by page; kept of it are two numbers for each week, and the
    flips of the tools to be `told` of.
    """
    comparison = _Comparison(told)
    cursor = await state.connection.cursor(sql.select_weeks, category)
    while rows := await cursor.fetch(PAGE_ROWS_MAX):
        for row in rows:
            verdicts = before.verdict(count_votes(row, before)), after.verdict(count_votes(row, after))
            comparison.add(row["subject_id"], row["start"], verdicts)
    return comparison.end()


class _Comparison:
    """Goes through the weeks of one tool after the other."""

    def __init__(self, told: Collection[SubjectId]) -> None:
        self._told = told
        self._more_verdicts: Counter[datetime] = Counter()
        self._more_flips: Counter[datetime] = Counter()
        self._flips: defaultdict[SubjectId, list[Flip]] = defaultdict(list)
        self._subject = SubjectId(-1)
        self._verdicts: Verdicts = _NONE
        self._since: datetime

    def add(self, subject_id: SubjectId, start: datetime, verdicts: Verdicts) -> None:
        """Go on to the next week of a tool, or to the first of the next tool."""
        if subject_id != self._subject:
            self._tell(until=None)
            self._subject, self._verdicts = subject_id, _NONE
        self._more_verdicts[start] += (verdicts != _NONE) - (self._verdicts != _NONE)
        self._more_flips[start] += _is_flip(verdicts) - _is_flip(self._verdicts)
        if verdicts != self._verdicts:
            self._tell(until=start)
            self._verdicts, self._since = verdicts, start

    def end(self) -> Weeks:
        """Add the weeks up."""
        self._tell(until=None)
        starts = sorted(self._more_verdicts)
        verdicts = accumulate(self._more_verdicts[start] for start in starts)
        flips = accumulate(self._more_flips[start] for start in starts)
        return Weeks([Week(*each) for each in zip(starts, verdicts, flips, strict=True)], self._flips)

    def _tell(self, *, until: datetime | None) -> None:
        before, after = self._verdicts
        if self._subject in self._told and before != after:
            flip = Flip(start=self._since, until=until, before=before, after=after)
            self._flips[self._subject].append(flip)


def _is_flip(verdicts: Verdicts) -> bool:
    before, after = verdicts
    return before != after
