"""Replays and their progress. The only writer of `log.replays`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from events.ids import Position
from events.log.audit import AuditLine, Author, write_audit
from events.log.connection import Connection, Pool
from projections.rebuilding import sql

ReplayState = Literal["running", "ready", "done", "cancelled", "failed"]

Rows = dict[str, list[dict[str, Any]]]
"""Rows by the table that they stand in, as JSON."""


class Changed(Struct, frozen=True, kw_only=True):
    """The difference that a swap makes to one subject: some or all of the rows that differ.

    Attributes:
        tool: Its slug; None if it is a panelist or the log has no name for it.
    """

    model: str
    tool: str | None = None
    panelist: str | None = None
    before: Rows
    after: Rows


class Difference(Struct, frozen=True, kw_only=True):
    """The difference between rebuilt and live tables, both at `position`.

    Attributes:
        count: Subjects that differ; `items` names the first of them.
    """

    position: Position
    count: int
    items: Sequence[Changed]


class ReplayOrder(Struct, frozen=True, kw_only=True):
    """An order for a replay.

    Attributes:
        dry_run: Stop with the rebuilt tables ready, before they are swapped in.
        by: The moderator.
        fingerprint: Of the request, where the id was made of its Idempotency-Key.
    """

    id: UUID
    models: Sequence[str]
    dry_run: bool
    by: Author
    fingerprint: bytes | None = None


class Replay(Struct, frozen=True, kw_only=True):
    """A replay as it stands.

    Attributes:
        position: Every event up to here is folded into all rebuilt tables.
        head: The log's last position when it was last read.
        rate: Events folded per second since the present worker took it up.
        difference: None until the head was reached.
    """

    id: UUID
    state: ReplayState
    models: Sequence[str]
    dry_run: bool
    position: Position
    head: Position
    rate: float | None = None
    seconds_left: float | None = None
    difference: Difference | None = None
    error: str | None = None
    created_at: datetime
    ended_at: datetime | None = None
    moderator: str


class GoingOnError(Exception):
    """One of the models is being rebuilt already, by the replay `other`."""

    def __init__(self, other: Replay) -> None:
        super().__init__(f"the replay {other.id} of {', '.join(other.models)} is {other.state}")
        self.other = other


_decode_difference: Final = msgspec.json.Decoder(Difference).decode


async def order_replay(pool: Pool, asked: ReplayOrder) -> bytes | None:
    """Store a replay; `projections.rebuilding.running` runs it.

    Returns:
        None if it was stored; the fingerprint of the earlier order if the id is taken.

    Raises:
        GoingOnError: a model of it is being rebuilt already.
    """
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(sql.lock_orders)
        taken = await connection.fetchval(sql.select_fingerprint, asked.id)
        if taken is not None:
            return bytes(taken)
        others = await read_going_on(connection, asked.models)
        if others:
            raise GoingOnError(others[0])
        await connection.execute("SET LOCAL synchronous_commit = on")
        await connection.execute(
            sql.insert_replay, asked.id, asked.models, asked.dry_run, asked.by.name, asked.fingerprint
        )
        detail = {"models": asked.models, "dry_run": asked.dry_run}
        await write_audit(
            connection, AuditLine(by=asked.by, action="replay-ordered", what=str(asked.id), detail=detail)
        )
    return None


async def end_replay(pool: Pool, id_: UUID, *, by: Author) -> bool:
    """End a replay without a swap, its tables left to `drop_leftovers`; False if it had ended already."""
    return await _change(
        pool, sql.cancel_replay, id_, AuditLine(by=by, action="replay-cancelled", what=str(id_))
    )


async def order_swap(pool: Pool, id_: UUID, *, by: Author) -> bool:
    """Let a ready replay run on to the present head and swap; False if it is not ready."""
    return await _change(pool, sql.order_swap, id_, AuditLine(by=by, action="replay-swapped", what=str(id_)))


async def read_replay(where: Pool | Connection, id_: UUID) -> Replay | None:
    """Read one replay; None if the id is unknown."""
    rows = await where.fetch(sql.select_replays, id_, None, 1)
    return _replay(rows[0]) if rows else None


async def read_replays(pool: Pool, *, before: datetime | None, limit: int) -> Sequence[Replay]:
    """Read replays, newest first, created before that time."""
    return [_replay(row) for row in await pool.fetch(sql.select_replays, None, before, limit)]


async def read_going_on(where: Pool | Connection, models: Sequence[str]) -> Sequence[Replay]:
    """Read the replays, running or ready, that rebuild any of these models; each model is in one at most."""
    return [_replay(row) for row in await where.fetch(sql.select_going_on, models)]


async def running_replays(pool: Pool) -> list[UUID]:
    """Return the replays that a worker should be running, oldest first."""
    return [UUID(int=row["id"].int) for row in await pool.fetch(sql.select_running)]


async def _change(pool: Pool, statement: str, id_: UUID, line: AuditLine) -> bool:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL synchronous_commit = on")
        if await connection.fetchval(statement, id_) is None:
            return False
        await write_audit(connection, line)
        return True


def _replay(row: Record) -> Replay:
    left = (row["head"] - row["position"]) / row["rate"] if row["rate"] else None
    return Replay(
        id=UUID(int=row["id"].int),
        state=row["state"],
        models=row["models"],
        dry_run=row["dry_run"],
        position=Position(row["position"]),
        head=Position(row["head"]),
        rate=row["rate"],
        seconds_left=left if row["state"] == "running" else None,
        difference=None if row["difference"] is None else _decode_difference(row["difference"]),
        error=row["error"],
        created_at=row["created_at"],
        ended_at=row["ended_at"],
        moderator=row["moderator"],
    )
