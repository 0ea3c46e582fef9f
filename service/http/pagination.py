"""Lists page by page: how many items, where to go on, and the opaque cursors that say so."""

from base64 import b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from events.ids import POSITION_MAX, Position
from service.http.parameters import integer
from service.http.problems import BadParameterError

LIMIT_DEFAULT: Final = 50
LIMIT_MAX: Final = 200
BAD_CURSOR: Final = "The cursor is not one of this service's; leave it out to start from the beginning."


def limit(parameters: dict[str, str], *, most: int = LIMIT_MAX) -> int:
    """Read how many items a page may have, 50 if it is not given.

    Raises:
        BadParameterError: it is not a whole number from 1 to `most`.
    """
    return integer(parameters, "limit", default=LIMIT_DEFAULT, low=1, high=most)


def cursor(parameters: dict[str, str]) -> str:
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


def place(parameters: dict[str, str]) -> Position:
    """Read where a page of the log starts: after this position.

    Raises:
        BadParameterError: an answer never held this cursor.
    """
    key = cursor(parameters)
    return _place(key) if key else Position(0)


def split_cursor(parameters: dict[str, str]) -> tuple[Position, str] | None:
    """Read where a page starts: before a position and a further key there; None is the beginning.

    Raises:
        BadParameterError: an answer never held this cursor.
    """
    key = cursor(parameters)
    if not key:
        return None
    first, _, rest = key.partition("/")
    return _place(first), rest


def before(parameters: dict[str, str]) -> datetime | None:
    """Read where a page of what is newest first starts: before this time; None is the beginning.

    Raises:
        BadParameterError: an answer never held this cursor.
    """
    key = cursor(parameters)
    try:
        time = datetime.fromisoformat(key) if key else None
    except ValueError as error:
        raise BadParameterError(BAD_CURSOR) from error
    if time is not None and time.tzinfo is None:
        raise BadParameterError(BAD_CURSOR)
    return time


def identifier(parameters: dict[str, str]) -> UUID | None:
    """Read where a page of what is newest first starts: ahead of this id; None is the beginning.

    Raises:
        BadParameterError: an answer never held this cursor.
    """
    key = cursor(parameters)
    try:
        return UUID(key) if key else None
    except ValueError as error:
        raise BadParameterError(BAD_CURSOR) from error


def page(items: list[Any], keys: list[str], *, limit: int) -> dict[str, Any]:
    """Make a page of `limit` items and a cursor to the next, of up to `limit` + 1 items and their keys."""
    more = len(items) > limit
    return {"items": items[:limit], "next": encode_cursor(keys[limit - 1]) if more else None}


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
