"""Reads the moment that a page's address asks for, and writes it for people."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from msgspec import Struct

from projections.past.moments import At
from service.http import parameters
from service.reads.as_of import Moment
from service.views import words


class AsOf(Struct, frozen=True):
    """A moment of the past, as the address writes it and as the read models take it."""

    written: str
    moment: Moment


def read(asked: Mapping[str, str]) -> AsOf | None:
    """Read `as_of`, which may be a day, and `corrected`, which is ignored without it; None is now.

    Raises:
        BadParameterError: one of them is malformed.
    """
    given = dict(asked)
    corrected = parameters.flag(given, "corrected")
    written = given.get("as_of")
    if written is None:
        return None
    at = _end_of_day(written) or parameters.moment(given, "as_of")
    return None if at is None else AsOf(written, Moment(at, corrected))


def moment_parameters(as_of: AsOf | None) -> dict[str, str | None]:
    """Write the query parameters of a moment; those that are None are left out."""
    return {
        "as_of": as_of and as_of.written,
        "corrected": "true" if as_of and as_of.moment.corrected else None,
    }


def shown(moment: Moment) -> str:
    """Write a moment for people, and by which rulings it is shown."""
    at = moment.at
    written = words.minute(at).shown if isinstance(at, datetime) else f"position {at:,}"
    return f"{written}, corrected by what moderators ruled since" if moment.corrected else written


def _end_of_day(as_of: str) -> At | None:
    """Read a day as its last moment in UTC."""
    try:
        return datetime.combine(date.fromisoformat(as_of), time.max, UTC)
    except ValueError:
        return None
