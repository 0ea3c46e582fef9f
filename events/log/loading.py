"""Reads what decisions stand on: pseudonyms of accounts, and streams folded to their states."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from events.codec import CODEC
from events.ids import ActorId, Position, StreamKey, subject_of
from events.log import sql
from events.log.connection import Connection
from events.streams import State, evolve


class Stream(Struct):
    """A stream as known so far: version and position of its last event, and the folded state.

    `era` is when it was last known to go no further, in the terms of `events.log.memory`.
    """

    version: int = 0
    position: Position = Position(0)
    state: State | None = None
    era: int = -1


async def find_voters(connection: Connection, accounts: Collection[str]) -> dict[str, ActorId]:
    """Find the pseudonyms of accounts; one that never voted has none."""
    if not accounts:
        return {}
    subjects = [subject_of("account", account) for account in accounts]
    rows = await connection.fetch(sql.select_voters, subjects, list(accounts))
    return {row["account"]: ActorId(row["voter_id"]) for row in rows}


async def name_voters(connection: Connection, accounts: Collection[str]) -> dict[str, ActorId]:
    """Give each of these accounts, which have none, a pseudonym. Needs the head's lock."""
    subjects = [subject_of("account", account) for account in accounts]
    rows = await connection.fetch(sql.insert_voters, subjects, list(accounts))
    return {row["account"]: ActorId(row["voter_id"]) for row in rows}


async def load_streams(connection: Connection, streams: Mapping[StreamKey, Stream]) -> None:
    """Fold into each stream the events that came after its known version.

    Raises:
        UndecodableEventError: one of them cannot be read by this build.
    """
    rows = await connection.fetch(
        sql.select_streams,
        [subject_id for subject_id, _ in streams],
        [actor_id for _, actor_id in streams],
        [stream.version for stream in streams.values()],
    )
    for subject_id, actor_id, version, position, type_, schema, data in rows:
        # asyncpg's UUIDs equal and hash like Python's, so a row finds the key it was asked by.
        stream = streams[subject_id, actor_id]
        stream.state = evolve(stream.state, CODEC.decode(type_, schema, data), position)
        stream.version, stream.position = version, position
