"""Facts to stored bytes and back.

A fact is stored as its type (the class name), the schema it is written in, and JSON data. Stored data is
never rewritten, and there is one schema: facts only ever gain. A new field has a default, and a field at its
default is not written. So an event from before the field and a new one without it are the same bytes, and SQL
that reads one reads the other.
"""

from datetime import datetime
from typing import Final, cast, get_args
from uuid import UUID

import msgspec
from msgspec import Struct

from events.facts import AnyFact, Fact
from events.ids import ActorId, Position, SubjectId
from events.kinds import name_of

SCHEMA: Final = 1
"""The schema of every event. A log with another one was written by a build that knows more than this one."""

_encode = msgspec.json.Encoder().encode
_encode_sorted = msgspec.json.Encoder(order="sorted").encode


class UndecodableEventError(Exception):
    """A stored event that this build cannot read."""


class Event(Struct, frozen=True, kw_only=True):
    """A fact with its place in the log.

    `version` counts a stream's events from 1; `recorded_at` never decreases along positions;
    `occurred_at` is what a client or an import claims, or None. Both times are in UTC.
    """

    position: Position
    subject_id: SubjectId
    actor_id: ActorId
    version: int
    recorded_at: datetime
    occurred_at: datetime | None
    fact: AnyFact


class Codec:
    """Writes and reads facts of these types."""

    def __init__(self, facts: tuple[type[Fact], ...]) -> None:
        self._decoders = {fact.__name__: msgspec.json.Decoder(fact) for fact in facts}

    def encode(self, fact: Fact) -> tuple[str, int, str]:
        """Return a fact's type, schema and JSON data, as the log's columns hold them."""
        return type(fact).__name__, SCHEMA, _encode(fact).decode()

    def decode(self, name: str, schema: int, data: str | bytes) -> AnyFact:
        """Read a stored fact.

        Raises:
            UndecodableEventError: the type or the schema is unknown, or the data does not fit. Quarantine the
                subject and log it; do not skip the event silently.
        """
        decoder = self._decoders.get(name)
        if decoder is None or schema != SCHEMA:
            message = f"event type {name!r} at schema {schema} is not known to this build"
            raise UndecodableEventError(message)
        try:
            return cast("AnyFact", decoder.decode(data))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            message = f"event of type {name!r} cannot be read: {error}"
            raise UndecodableEventError(message) from error

    def check_form(self, fact: Fact, data: str | bytes) -> None:
        """Check that stored data is written as this build writes its fact.

        Raises:
            UndecodableEventError: it is not, so SQL might read it as another fact than Python.
        """
        if msgspec.json.decode(data) != msgspec.to_builtins(fact):
            message = f"event of type {type(fact).__name__!r} is not written as this build writes it"
            raise UndecodableEventError(message)

    def canonical(self, event: Event) -> bytes:
        """Write an event in its one byte form: JSON with sorted keys and no white space.

        Hashes and signatures may be taken over it; the golden files pin it.
        """
        name = name_of(event.fact)
        return _encode_sorted(
            {
                "actor": str(UUID(int=event.actor_id.int)),
                "data": event.fact,
                "occurred_at": event.occurred_at,
                "position": event.position,
                "recorded_at": event.recorded_at,
                "schema": SCHEMA,
                "subject": event.subject_id,
                "type": name,
                "version": event.version,
            }
        )


CODEC = Codec(get_args(AnyFact))
"""The codec of this build's facts."""
