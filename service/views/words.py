"""Writes numbers, times and names for people."""

from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from projections.wilson import Interval

NOTHING: Final = "—"
FINE_POINTS: Final = 4.0
"""Intervals narrower than this, in percentage points, deserve a decimal."""

FINEST: Final[Interval] = (0.0, 0.0)
"""The interval of a share that is written with a decimal in any case."""

UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
LEAST_OF_A_UNIT: Final = 1.5
"""A duration of fewer hours than this is written in minutes, and so on for the other units."""

REASONS: Final = {"conflict_of_interest": "conflict of interest"}
"""Reasons of rulings whose name is more than one word."""

_MINUS: Final = "\N{MINUS SIGN}"
_TO: Final = "\N{EN DASH}"
_PERCENT: Final = "\N{NARROW NO-BREAK SPACE}%"


class TimeText(Struct, frozen=True):
    """A time for machines and for people, in UTC."""

    iso: str
    shown: str


def day(time: datetime) -> TimeText:
    """Write a day: "22 Nov 2026"."""
    return _time(time, "%b %Y")


def minute(time: datetime) -> TimeText:
    """Write a time to the minute: "22 Nov 2026, 12:05 UTC"."""
    return _time(time, "%b %Y, %H:%M UTC")


def second(time: datetime) -> TimeText:
    """Write a time to the second: "22 Nov 2026, 12:05:31 UTC"."""
    return _time(time, "%b %Y, %H:%M:%S UTC")


def duration(seconds: float) -> str:
    """Write a duration roughly: "a second", "80 seconds", "2 minutes", "3 hours", "5 days"."""
    for unit, length_s in UNITS:
        if seconds >= LEAST_OF_A_UNIT * length_s:
            return f"{seconds / length_s:,.0f} {unit}s"
    return "a second"


def _time(time: datetime, form: str) -> TimeText:
    utc = time.astimezone(UTC)
    return TimeText(utc.strftime("%Y-%m-%dT%H:%M:%SZ"), f"{utc.day} {utc.strftime(form)}")


def percent(share: float | None, interval: Interval = (0.0, 1.0)) -> str:
    """Write a share as finely as its interval allows: "64 %", "79.9 %"; "—" for None."""
    return NOTHING if share is None else _number(100 * share, _decimals(interval)) + _PERCENT


def percents(interval: Interval) -> str:
    """Write an interval of shares: "52-75 %" with an en dash."""
    low, high = (_number(100 * bound, _decimals(interval)) for bound in interval)
    return f"{low}{_TO}{high}{_PERCENT}"


def points(change: float, *, decimals: int = 1) -> str:
    """Write a change with its sign: "+1.2", and "0" for what rounds to nothing; a minus is a real one."""
    written = f"{abs(change):,.{decimals}f}"
    if not float(written.replace(",", "")):
        return "0"
    return ("+" if change > 0 else _MINUS) + written


def ranks(rank: str) -> str:
    """Write the ranks that a tool may have: "2", "2-4" with an en dash."""
    return rank.replace("-", _TO)


def title(slug: str) -> str:
    """Make a title of a slug: "language-models" is "Language models"."""
    words = slug.replace("-", " ")
    return words[:1].upper() + words[1:]


def reason(name: str) -> str:
    """Write the reason of a ruling."""
    return REASONS.get(name, name)


def _decimals(interval: Interval) -> int:
    return int(100 * (interval[1] - interval[0]) < FINE_POINTS)


def _number(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}"
