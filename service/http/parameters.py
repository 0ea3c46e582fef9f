"""Reads path and query parameters; an unknown name is refused, not ignored."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Final, TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from events.ids import POSITION_MAX, SLUG_LENGTH_MAX, SLUG_PATTERN, Position
from events.times import in_utc
from service.http.problems import BadParameterError
from service.http.request import Request
from service.http.schemas import NAME_LENGTH_MAX

T = TypeVar("T", bound=str)

_Time = Annotated[datetime, Meta(tz=True)]

_slug: Final = re.compile(SLUG_PATTERN)
_wait: Final = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,6})\"?(?:$|[,;\s])", re.IGNORECASE)
_respond_async: Final = re.compile(r"(?:^|[,;\s])respond-async(?:$|[,;\s])", re.IGNORECASE)


def slug(request: Request, name: str = "slug") -> str:
    """Read a slug from the path.

    Raises:
        BadParameterError: it is not lower-case letters, digits and inner hyphens, at most 80 long.
    """
    value: str = request.scope["path_params"][name]
    check_slug(value)
    return value


def check_slug(value: str) -> None:
    """Refuse a value that is not a slug.

    Raises:
        BadParameterError: it is not lower-case letters, digits and inner hyphens, at most 80 long.
    """
    if len(value) > SLUG_LENGTH_MAX or not _slug.match(value):
        message = (
            f"{value[:SLUG_LENGTH_MAX]!r} is not a slug: lower-case letters, digits and inner hyphens, "
            f"at most {SLUG_LENGTH_MAX} long."
        )
        raise BadParameterError(message)


def identifier(request: Request, name: str = "id") -> UUID:
    """Read a UUID from the path.

    Raises:
        BadParameterError: it is not a UUID.
    """
    return check_uuid(request.scope["path_params"][name])


def check_uuid(value: str) -> UUID:
    """Read a UUID.

    Raises:
        BadParameterError: it is not a UUID.
    """
    try:
        return msgspec.convert(value, UUID)
    except msgspec.ValidationError as error:
        message = f"{value[:SLUG_LENGTH_MAX]!r} is not a UUID."
        raise BadParameterError(message) from error


class Preference(Struct, frozen=True):
    """A client's preference about long work (RFC 7240).

    Attributes:
        wait_s: Seconds it would wait for the end.
        respond_async: Whether it wants even little work to be left to the workers.
    """

    wait_s: float
    respond_async: bool


def preference(value: str) -> Preference:
    """Read a Prefer header; unknown preferences are ignored, as RFC 7240 has it."""
    wait = _wait.search(value)
    return Preference(float(wait[1]) if wait else 0.0, _respond_async.search(value) is not None)


def query(request: Request, *names: str) -> dict[str, str]:
    """Read the query's parameters, each at most once and only these.

    Raises:
        BadParameterError: there is another, or one comes twice.
    """
    if not request.scope["query_string"]:
        return {}
    found: dict[str, str] = {}
    for name, value in parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True):
        if name not in names:
            known = ", ".join(names) or "none"
            message = f"There is no query parameter {name!r} here; known: {known}."
            raise BadParameterError(message)
        if name in found:
            message = f"The query parameter {name!r} comes twice."
            raise BadParameterError(message)
        found[name] = value
    return found


def known_query(request: Request, *names: str) -> dict[str, str]:
    """Read these parameters of a page's query, the first of each name.

    Links gather all sorts of things, so unknown names are ignored. Blank ones count as missing, as in forms.
    """
    query_string = request.scope["query_string"].decode("latin-1")
    found: dict[str, str] = {}
    for name, value in parse_qsl(query_string, errors="replace"):
        if name in names and value.strip():
            found.setdefault(name, value.strip())
    return found


def position(parameters: Mapping[str, str], name: str) -> Position:
    """Read a position, 0 if it is not given.

    Raises:
        BadParameterError: it is not a whole number from 0 to 2⁶³ - 1.
    """
    return Position(integer(parameters, name, default=0, low=0, high=POSITION_MAX))


def moment(parameters: Mapping[str, str], name: str) -> Position | datetime | None:
    """Read a position, or an RFC 3339 time; None if it is not given.

    Raises:
        BadParameterError: it is neither.
    """
    value = parameters.get(name)
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return position(parameters, name)
    try:
        return in_utc(msgspec.convert(value, _Time))
    except ValueError as error:  # msgspec's error is one, too
        message = f"{name} must be a position, or a time like 2026-11-22T12:00:00Z."
        raise BadParameterError(message) from error


def account(parameters: Mapping[str, str], name: str) -> str | None:
    """Read an account's name; None if it is not given.

    Raises:
        BadParameterError: nobody can have such a name.
    """
    value = parameters.get(name)
    if value is not None and ("\x00" in value or len(value) > NAME_LENGTH_MAX):
        message = f"{name} must be an account, at most {NAME_LENGTH_MAX} characters long."
        raise BadParameterError(message)
    return value


def flag(parameters: Mapping[str, str], name: str) -> bool:
    """Read `true` or `false`, false if it is not given.

    Raises:
        BadParameterError: it is something else.
    """
    value = parameters.get(name, "false")
    if value not in {"true", "false"}:
        message = f"{name} must be true or false."
        raise BadParameterError(message)
    return value == "true"


def choice(parameters: Mapping[str, str], name: str, known: Sequence[T], *, default: T) -> T:
    """Read one of several words.

    Raises:
        BadParameterError: it is another.
    """
    value = parameters.get(name, default)
    for word in known:
        if word == value:
            return word
    message = f"{name} must be one of {', '.join(known)}."
    raise BadParameterError(message)


def integer(parameters: Mapping[str, str], name: str, *, default: int, low: int, high: int) -> int:
    """Read a whole number.

    Raises:
        BadParameterError: it is not a whole number from `low` to `high`.
    """
    value = parameters.get(name)
    if value is None:
        return default
    if not (
        value.isascii() and value.isdigit() and len(value) <= len(str(high)) and low <= int(value) <= high
    ):
        message = f"{name} must be a whole number from {low} to {high}."
        raise BadParameterError(message)
    return int(value)
