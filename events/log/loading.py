"""Reads what decisions need: pseudonyms of accounts, and streams folded to their states."""

import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from asyncpg.pgproto.pgproto import UUID
from msgspec import Struct

from events.codec import CODEC, UndecodableEventError
from events.ids import ActorId, Position, StreamKey, SubjectId, subject_of
from events.log import sql
from events.log.connection import Connection
from events.streams import StreamState, evolve

RANDOM_BYTES: Final = 10
"""The random bytes of a pseudonym's UUID; the rest is the time."""


class Stream(Struct):
    """A stream as known so far: version and position of its last event, and the folded state.

    Attributes:
        era: The era of `events.log.memory` in which it was last up to date.
        trouble: Why this build cannot read its next event; None if it can. Nothing can be decided on a
            stream with trouble.
    """

    version: int = 0
    position: Position = Position(0)
    state: StreamState | None = None
    era: int = -1
    trouble: str | None = None


async def find_voters(connection: Connection, accounts: Collection[str]) -> dict[str, ActorId]:
    """Find the pseudonyms of accounts; one that never voted has none."""
    if not accounts:
        return {}
    subjects = [subject_of("account", account) for account in accounts]
    rows = await connection.fetch(sql.select_voters, subjects, list(accounts))
    return {row["account"]: ActorId(row["voter_id"]) for row in rows}


async def name_voters(connection: Connection, accounts: Collection[str]) -> dict[str, ActorId]:
    """Give each of these accounts, which have none, a pseudonym. Needs the head's lock."""
    named = dict(zip(accounts, _pseudonyms(len(accounts)), strict=True))
    subjects = [subject_of("account", account) for account in named]
    await connection.execute(sql.insert_voters, subjects, list(named), list(named.values()))
    return named


def _pseudonyms(count: int) -> Iterator[ActorId]:
    """Make random UUIDs that begin with the time (version 7, RFC 9562), so that new ones lie together."""
    began_ms = (time.time_ns() // 1_000_000).to_bytes(6, "big")
    drawn = os.urandom(count * RANDOM_BYTES)
    for start in range(0, len(drawn), RANDOM_BYTES):
        value = bytearray(began_ms + drawn[start : start + RANDOM_BYTES])
        value[6] = value[6] & 0x0F | 0x70
        value[8] = value[8] & 0x3F | 0x80
        yield ActorId(UUID(bytes(value)))


async def load_streams(connection: Connection, streams: Mapping[StreamKey, Stream]) -> None:
    """Fold into each stream the events that came after its known version, up to one that cannot be read."""
    rows = await connection.fetch(sql.select_streams, *columns_of(streams))
    await fold_streams(connection, streams, rows)


def columns_of(streams: Mapping[StreamKey, Stream]) -> tuple[list[SubjectId], list[ActorId], list[int]]:
    """Return what statements that read streams on are told: subjects, actors, and the versions known."""
    return (
        [subject_id for subject_id, _ in streams],
        [actor_id for _, actor_id in streams],
        [stream.version for stream in streams.values()],
    )


async def fold_streams(
    connection: Connection, streams: Mapping[StreamKey, Stream], rows: Iterable[Any]
) -> None:
    """Fold events, as `select_streams` reads them, into their streams."""
    for stream in streams.values():
        stream.trouble = None
    for subject_id, actor_id, version, position, type_, schema, data in rows:
        # asyncpg's UUIDs equal and hash like Python's, so a row finds the key it was asked by.
        stream = streams[subject_id, actor_id]
        if stream.trouble is not None:
            continue
        try:
            fact = CODEC.decode(type_, schema, data)
        except UndecodableEventError as error:
            slug = await connection.fetchval(sql.select_slug, subject_id)
            about = f"subject {subject_id}" if slug is None else repr(slug)
            stream.trouble = f"Event {position} about {about} stands in the way: {error}."
            continue
        stream.state = evolve(stream.state, fact, position)
        stream.version, stream.position = version, position
