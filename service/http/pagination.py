"""Lists page by page: how many items, where to go on, and the opaque cursors that say so."""

from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Final, Generic, TypeVar
from uuid import UUID

from msgspec import Meta, Struct

from events.ids import POSITION_MAX, Position
from events.times import in_utc
from service.http.problems import BadParameterError
from service.http.query import Reads

T = TypeVar("T")

LIMIT_DEFAULT: Final = 50
LIMIT_MAX: Final = 200
LONG_LIMIT_MAX: Final = 1_000
BAD_CURSOR: Final = "The cursor is not one of this service's; leave it out to start from the beginning."


class Page(Struct, Generic[T], frozen=True):
    """A page of a list; `next` is the cursor of the page that follows, None on the last one."""

    items: list[T]
    next: str | None


def cursor(parameters: Mapping[str, str]) -> str:
    """Read where the page starts: after this key; "" is the beginning.

    Raises:
        BadParameterError: an answer never held this cursor.
    """
    value = parameters.get("cursor", "")
    try:
        key = b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True).decode()
    except ValueError as error:
        raise BadParameterError(BAD_CURSOR) from error
    if "\x00" in key:
        raise BadParameterError(BAD_CURSOR)
    return key


def place(parameters: Mapping[str, str]) -> Position:
    """Read where a page of the log starts: after this position.

    Raises:
        BadParameterError: an answer never held this cursor.
    """
    key = cursor(parameters)
    return _place(key) if key else Position(0)


def split_cursor(parameters: Mapping[str, str]) -> tuple[Position, str] | None:
    """Read where a page starts: before a position and a further key there; None is the beginning.

    Raises:
        BadParameterError: an answer never held this cursor.
    """
    key = cursor(parameters)
    if not key:
        return None
    first, _, rest = key.partition("/")
    return _place(first), rest


def before(parameters: Mapping[str, str]) -> datetime | None:
    """Read where a page of what is newest first starts: before this time; None is the beginning.

    Raises:
        BadParameterError: an answer never held this cursor.
    """
    key = cursor(parameters)
    try:
        time = datetime.fromisoformat(key) if key else None
        if time is not None and time.tzinfo is None:
            raise BadParameterError(BAD_CURSOR)
        return time and in_utc(time)
    except ValueError as error:
        raise BadParameterError(BAD_CURSOR) from error


def before_id(parameters: Mapping[str, str]) -> UUID | None:
    """Read where a page of what is newest first starts: ahead of this id; None is the beginning.

    Raises:
        BadParameterError: an answer never held this cursor.
    """
    key = cursor(parameters)
    try:
        return UUID(key) if key else None
    except ValueError as error:
        raise BadParameterError(BAD_CURSOR) from error


def page(items: Sequence[T], keys: Sequence[str], *, limit: int) -> Page[T]:
    """Make a page of `limit` items and a cursor to the next, of up to `limit` + 1 items and their keys."""
    more = len(items) > limit
    return Page(list(items[:limit]), encode_cursor(keys[limit - 1]) if more else None)


def encode_cursor(key: str) -> str:
    """Make a cursor that `cursor` reads back as this key."""
    return urlsafe_b64encode(key.encode()).rstrip(b"=").decode()


def _place(key: str) -> Position:
    return Position(whole(key))


def whole(key: str) -> int:
    """Read a whole number out of a cursor.

    Raises:
        BadParameterError: an answer never held this cursor.
    """
    if not (
        key.isascii() and key.isdigit() and len(key) <= len(str(POSITION_MAX)) and int(key) <= POSITION_MAX
    ):
        raise BadParameterError(BAD_CURSOR)
    return int(key)


def _cursor(read: Callable[[Mapping[str, str]], object]) -> Reads:
    return Reads(lambda given, _: read(given), {"type": "string"})


_NEXT: Final = Meta(description="`next` of the page before.")

AfterKey = Annotated[str, _cursor(cursor), _NEXT]
AfterPosition = Annotated[Position, _cursor(place), _NEXT]
BeforeTime = Annotated[datetime | None, _cursor(before), _NEXT]
BeforeId = Annotated[UUID | None, _cursor(before_id), _NEXT]
BeforePlace = Annotated[tuple[Position, str] | None, _cursor(split_cursor), _NEXT]
"""A position, and a further key at it."""


def limit_up_to(most: int) -> Meta:
    """Describe how many items a page may have."""
    return Meta(ge=1, le=most, description="Items on the page.")


Limit = Annotated[int, limit_up_to(LIMIT_MAX)]
LongLimit = Annotated[int, limit_up_to(LONG_LIMIT_MAX)]
