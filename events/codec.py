"""Facts to stored bytes and back. Old schemas are lifted to today's shape on the way in.

A fact is stored as its type (the class name), the schema version it was written in, and JSON data.
Stored data is never rewritten; when a fact's shape changes, its version goes up and an upcaster
from the version before is added, so that a chain leads from any stored version to the current one.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast, get_args
from uuid import UUID

import msgspec
from msgspec import Struct

from events.facts import AnyFact, Fact
from events.ids import ActorId, Position, SubjectId
from events.kinds import name_of

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns data of one schema version into data of the next."""

_encode = msgspec.json.Encoder().encode
_encode_sorted = msgspec.json.Encoder(order="sorted").encode


class UndecodableEventError(Exception):
    """A stored event that no schema in this build can read."""


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
    """Knows each type's current schema version and how older ones become it."""

    def __init__(
        self, facts: tuple[type[Fact], ...], upcasters: Mapping[tuple[str, int], Upcaster] | None = None
    ) -> None:
        self._upcasters = dict(upcasters or {})
        self._decoders = {fact.__name__: msgspec.json.Decoder(fact) for fact in facts}
        self._types = {fact.__name__: fact for fact in facts}
        self.schemas = {
            name: 1 + max((schema for type_, schema in self._upcasters if type_ == name), default=0)
            for name in self._decoders
        }

    def encode(self, fact: Fact) -> tuple[str, int, str]:
        """Return a fact's type, schema version and JSON data, as the log's columns hold them."""
        name = type(fact).__name__
        return name, self.schemas[name], _encode(fact).decode()

    def decode(self, name: str, schema: int, data: str | bytes) -> AnyFact:
        """Read a stored fact of any schema version up to the current one.

        Raises:
            UndecodableEventError: the type is unknown, the schema is newer than this build, or the
                data does not fit. Quarantine the subject and log it; do not skip the event silently.
        """
        current = self.schemas.get(name)
        if current is None or not 1 <= schema <= current:
            message = f"event type {name!r} at schema {schema} is not known to this build"
            raise UndecodableEventError(message)
        try:
            if schema == current:
                return cast("AnyFact", self._decoders[name].decode(data))
            fields = msgspec.json.decode(data, type=dict[str, Any])
            for step in range(schema, current):
                fields = self._upcasters[name, step](fields)
            return cast("AnyFact", msgspec.convert(fields, self._types[name]))
        except Exception as error:  # an upcaster may fail in any way on a malformed event
            message = f"event of type {name!r} at schema {schema} cannot be read: {error}"
            raise UndecodableEventError(message) from error

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
                "schema": self.schemas[name],
                "subject": event.subject_id,
                "type": name,
                "version": event.version,
            }
        )


CODEC = Codec(get_args(AnyFact))
"""The codec of this build's facts. All are at their first schema, so there is no upcaster yet."""
