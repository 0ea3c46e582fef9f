"""Times as people write them, in UTC as Postgres keeps them."""

from datetime import UTC, datetime

OUTSIDE = "lies outside the years 1 to 9999 in UTC"


def in_utc(time: datetime) -> datetime:
    """Convert a time to UTC; one without an offset is in UTC already.

    Raises:
        ValueError: Python has no such time in UTC: it lies in the year 0 or 10000.
    """
    if time.tzinfo is None:
        return time.replace(tzinfo=UTC)
    try:
        return time.astimezone(UTC)
    except OverflowError as error:
        message = f"{time.isoformat()} {OUTSIDE}"
        raise ValueError(message) from error
