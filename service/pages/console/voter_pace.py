"""The times of a voter's events: a chart, and the busiest minute and hour."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from projections.comparison.numbers import count
from service.pages.console.pace_chart import Stretch, pace
from service.views import words
from service.views.words import TimeText

UNITS: Final = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
STRETCHES_MAX: Final = 150
"""With more of them the next longer unit is used, up to weeks."""

TABLE_ROWS_MAX: Final = 200

_EPOCH: Final = datetime(2001, 1, 1, tzinfo=UTC)
"""A Monday, so that weeks begin with one."""


class PaceRow(Struct, frozen=True):
    """A stretch of time in words."""

    time: TimeText
    events: str


class PaceView(Struct, frozen=True, kw_only=True):
    """The times of a voter's events.

    Attributes:
        chart: None if all events fall into one stretch of time.
        busiest: Their busiest minute and hour, in words.
        rows: Stretches in which there was anything, the newest first.
        left_out: How many more there are.
    """

    chart: Markup | None
    unit: str
    busiest: list[str]
    rows: list[PaceRow]
    left_out: int


def pace_view(times: Sequence[datetime], who: str) -> PaceView:
    """Show when a voter's events happened; `who` names the voter, and there is at least one event."""
    first, last = min(times), max(times)
    unit = next((name for name, length in UNITS.items() if last - first < STRETCHES_MAX * length), "week")
    stretches = _stretches(times, UNITS[unit])
    rows = [PaceRow(words.minute(each.start), f"{each.number:,}") for each in reversed(stretches)]
    return PaceView(
        chart=_chart(stretches, who, unit) if len(stretches) > 1 else None,
        unit=unit,
        busiest=[_busiest(times, name) for name in ("minute", "hour")],
        rows=rows[:TABLE_ROWS_MAX],
        left_out=max(0, len(rows) - TABLE_ROWS_MAX),
    )


def _chart(stretches: Sequence[Stretch], who: str, unit: str) -> Markup:
    events = count(sum(each.number for each in stretches), "event")
    first, last = words.minute(stretches[0].start).shown, words.minute(stretches[-1].end).shown
    return pace(
        stretches,
        title=f"Events of {who} over time",
        described=f"{events} from {first} to {last}, by the {unit}.",
    )


def _busiest(times: Sequence[datetime], unit: str) -> str:
    stretches = _stretches(times, UNITS[unit])
    most = max(stretches, key=lambda stretch: stretch.number)
    return f"{count(most.number, 'event')} in the {unit} from {words.minute(most.start).shown}"


def _stretches(times: Sequence[datetime], length: timedelta) -> list[Stretch]:
    """Count by stretches of the clock and the calendar; those without any event are left out."""
    numbers = Counter((time - _EPOCH) // length for time in times)
    return [
        Stretch(_EPOCH + number * length, _EPOCH + (number + 1) * length, events)
        for number, events in sorted(numbers.items())
    ]
