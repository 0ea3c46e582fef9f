"""Events as rows of COPY's binary format: values that many rows share are encoded once."""

from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from struct import Struct
from typing import Final

from events.codec import CODEC
from events.facts import AnyFact
from events.ids import Position, StreamKey

COLUMNS: Final = (
    "subject_id",
    "actor_id",
    "version",
    "position",
    "recorded_at",
    "previous",
    "occurred_at",
    "schema",
    "type",
    "data",
)
CHUNK_ROWS: Final = 1_000
"""So many rows are decided while Postgres takes in the rows before them."""

SIGNATURE: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER: Final = b"\xff\xff"
NULL: Final = b"\xff\xff\xff\xff"
JSONB_VERSION: Final = b"\1"
EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

# Each value follows its length in bytes, and a row the number of its values.
_pack_head: Final = Struct(">h iq i16s ii iq iq".replace(" ", "")).pack
_pack_long: Final = Struct(">iq").pack
_pack_length: Final = Struct(">i").pack
_pack_schema: Final = Struct(">ih").pack


class RowEncoder:
    """Encodes the events of one transaction. A fact that was encoded before costs one dictionary look-up."""

    def __init__(self, recorded_at: datetime) -> None:
        self._recorded_at = _microseconds(recorded_at)
        self._facts: dict[AnyFact, bytes] = {}

    def encode(
        self,
        fact: AnyFact,
        key: StreamKey,
        version: int,
        *,
        position: Position,
        previous: Position | None,
        occurred_at: datetime | None,
    ) -> bytes:
        """Return an event's row, its values in the order of `COLUMNS`; `previous` is None for a first."""
        what = self._facts.get(fact)
        if what is None:
            what = self._facts[fact] = _encode_fact(fact)
        head = _pack_head(
            len(COLUMNS), 8, key[0], 16, key[1].bytes, 4, version, 8, position, 8, self._recorded_at
        )
        behind = NULL if previous is None else _pack_long(8, previous)
        when = NULL if occurred_at is None else _pack_long(8, _microseconds(occurred_at))
        return head + behind + when + what


def _encode_fact(fact: AnyFact) -> bytes:
    type_, schema, data = CODEC.encode(fact)
    name, json = type_.encode(), JSONB_VERSION + data.encode()
    return _pack_schema(2, schema) + _pack_length(len(name)) + name + _pack_length(len(json)) + json


def _microseconds(time: datetime) -> int:
    return (time - EPOCH) // MICROSECOND


def copy_source(rows: Iterator[bytes]) -> AsyncGenerator[bytes] | None:
    """Make of rows what COPY is fed, chunk by chunk; None if there are none."""
    first = next(rows, None)
    return None if first is None else _chunks(chain((first,), rows))


async def _chunks(rows: Iterator[bytes]) -> AsyncGenerator[bytes]:
    yield SIGNATURE
    while chunk := b"".join(islice(rows, CHUNK_ROWS)):
        yield chunk
    yield TRAILER
