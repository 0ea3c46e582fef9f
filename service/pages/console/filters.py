"""The filters of the log, as addresses and forms write them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, get_args
from urllib.parse import urlencode
from uuid import UUID

from msgspec import Struct

from events.ids import Position
from events.log.connection import Connection
from events.log.describe import EventStanding
from events.log.finding import Wanted
from events.log.reader import position_before
from events.moderation.selection import MODERATED_TYPES
from events.times import in_utc
from service.http import parameters
from service.http.problems import BadParameterError
from service.pages.console.event_text import TYPES

NAMES: Final = ("tool", "voter", "type", "from", "to", "standing", "batch")
SELECTING: Final = ("tool", "voter", "type", "from", "to")
"""The filters that may select the events of a ruling by themselves."""

STANDINGS: Final[tuple[EventStanding, ...]] = get_args(EventStanding)
SHOWN_LENGTH_MAX: Final = 80


class WrongFilterError(BadParameterError):
    """A filter means nothing; `name` is whose it is."""

    def __init__(self, detail: str, *, name: str) -> None:
        super().__init__(detail)
        self.name = name


class Filters(Struct, frozen=True, kw_only=True):
    """Which events to look for; None asks for nothing.

    Attributes:
        given: The same as it was written, by name.
        from_: Recorded at this time or later.
        to: Recorded before this time.
        wanted: Tool, voter, type and batch.
    """

    given: Mapping[str, str]
    wanted: Wanted
    from_: datetime | None
    to: datetime | None
    standing: EventStanding | None

    @property
    def selects(self) -> bool:
        """Whether all that match can be ruled on: something says which, and it is not rulings or entries."""
        wanted = self.wanted
        return (
            any(name in self.given for name in SELECTING)
            and wanted.batch is None
            and (wanted.type is None or wanted.type in MODERATED_TYPES)
        )

    def address(self, **more: str) -> str:
        """Name the page of the log that shows these events."""
        return log_address({**self.given, **more})

    async def bounds(self, connection: Connection, *, head: Position) -> tuple[Position, Position]:
        """Return between which positions they stand: above the first, up to the second."""
        after = 0 if self.from_ is None else await position_before(connection, self.from_)
        to = head if self.to is None else min(head, await position_before(connection, self.to))
        return Position(after), Position(to)


def log_address(given: Mapping[str, str]) -> str:
    """Name the page of the log that shows the events with these properties."""
    return "/moderation/events" + (f"?{urlencode(given)}" if given else "")


def read_filters(given: Mapping[str, str]) -> Filters:
    """Read filters; those that are not given, or blank, ask for nothing.

    Raises:
        WrongFilterError: one of them means nothing.
    """
    asked = {name: given[name].strip() for name in NAMES if given.get(name, "").strip()}
    return Filters(
        given=asked,
        wanted=Wanted(
            tool=_slug(asked),
            type=_type(asked),
            voter=_uuid(asked, "voter"),
            batch=_uuid(asked, "batch"),
        ),
        from_=_time(asked, "from"),
        to=_time(asked, "to"),
        standing=_standing(asked),
    )


def _slug(asked: Mapping[str, str]) -> str | None:
    slug = asked.get("tool")
    if slug is None:
        return None
    try:
        parameters.check_slug(slug)
    except BadParameterError as error:
        raise WrongFilterError(error.detail, name="tool") from error
    return slug


def _uuid(asked: Mapping[str, str], name: str) -> UUID | None:
    if name not in asked:
        return None
    try:
        return parameters.check_uuid(asked[name])
    except BadParameterError as error:
        raise WrongFilterError(error.detail, name=name) from error


def _type(asked: Mapping[str, str]) -> str | None:
    type_ = asked.get("type")
    if type_ is not None and type_ not in TYPES:
        message = f"There is no event type {type_[:SHOWN_LENGTH_MAX]!r}."
        raise WrongFilterError(message, name="type")
    return type_


def _standing(asked: Mapping[str, str]) -> EventStanding | None:
    written = asked.get("standing")
    if written is None:
        return None
    for standing in STANDINGS:
        if standing == written:
            return standing
    message = f"Nothing stands {written[:SHOWN_LENGTH_MAX]!r}: an event {', '.join(STANDINGS)}."
    raise WrongFilterError(message, name="standing")


def _time(asked: Mapping[str, str], name: str) -> datetime | None:
    written = asked.get(name)
    if written is None:
        return None
    try:
        return in_utc(datetime.fromisoformat(written))
    except ValueError as error:
        message = f"{written[:SHOWN_LENGTH_MAX]!r} is no time. Write it like 2026-11-22T12:05, in UTC."
        raise WrongFilterError(message, name=name) from error
