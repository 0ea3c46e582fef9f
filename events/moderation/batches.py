"""Batches of rulings: orders, their targets, and the outcome of each target."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from events.facts import Reason
from events.ids import Position
from events.log.audit import AuditLine, Author, write_audit
from events.log.connection import Connection, Pool
from events.log.reader import read_head
from events.moderation import sql
from events.moderation.orders import BatchOrder, find_meant
from events.moderation.ruling import Action
from events.moderation.selection import Selection

BatchState = Literal["running", "done", "cancelled", "failed"]
Outcome = Literal["applied", "unchanged", "waiting"]

_encode = msgspec.json.Encoder().encode
_decode_selection = msgspec.json.Decoder(Selection).decode


class Batch(Struct, frozen=True, kw_only=True):
    """A batch as it stands.

    Attributes:
        matched: Events it is about, settled when it was ordered.
        applied: Events it has ruled on.
        unchanged: Events it looked at and left as they were: they stood so already.
        head: Events up to this position were selected from.
        reached: Events up to this position have been looked at.
        reverts: The batch it takes back.
        as_of: It leaves alone what others ruled on above this position; None if it overrules them.
    """

    id: UUID
    action: Action
    state: BatchState
    matched: int
    applied: int
    unchanged: int
    select: Selection | None = None
    reverts: UUID | None = None
    as_of: Position | None = None
    reason: Reason
    note: str
    moderator: str
    head: Position
    reached: Position
    created_at: datetime
    ended_at: datetime | None = None
    error: str | None = None


class TargetOutcome(Struct, frozen=True):
    """The outcome of one target of a batch, and the position of the ruling on it."""

    position: Position
    outcome: Outcome
    ruling: Position | None


async def order_batch(pool: Pool, asked: BatchOrder) -> bytes | None:
    """Store a batch and its targets; `events.moderation.running` gives the rulings.

    Returns:
        None if it was stored; the fingerprint of the earlier order if the id is taken.
    """
    async with pool.acquire() as connection:
        head = await read_head(connection)  # ahead of the transaction, which would keep all appends waiting
        async with connection.transaction():
            return await _order(connection, asked, head=head)


async def _order(connection: Connection, asked: BatchOrder, *, head: Position) -> bytes | None:
    await connection.execute(sql.lock_order, number_of(asked.id))
    rows = await connection.fetch(sql.select_batches, asked.id, None, 1)
    if rows:
        return bytes(rows[0]["fingerprint"] or b"")
    await connection.execute("SET LOCAL synchronous_commit = on")
    meant = await find_meant(connection, asked, head=head)
    await connection.execute(meant.read_by(sql.insert_targets), *meant.arguments)
    matched = await connection.fetchval(
        sql.insert_batch,
        asked.id,
        asked.action,
        _encode(asked.select).decode(),
        asked.reverts,
        asked.reason,
        asked.note,
        asked.by.name,
        asked.fingerprint,
        head,
        asked.as_of,
    )
    detail = {"action": asked.action, "reverts": asked.reverts, "reason": asked.reason, "matched": matched}
    await write_audit(
        connection, AuditLine(by=asked.by, action="batch-ordered", what=str(asked.id), detail=detail)
    )
    return None


async def read_batch(pool: Pool, id_: UUID) -> Batch | None:
    """Read one batch; None if the id is unknown."""
    rows = await pool.fetch(sql.select_batches, id_, None, 1)
    return _batch(rows[0]) if rows else None


async def read_batches(pool: Pool, *, before: datetime | None, limit: int) -> Sequence[Batch]:
    """Read batches, newest first, created before that time."""
    return [_batch(row) for row in await pool.fetch(sql.select_batches, None, before, limit)]


async def read_reverts(pool: Pool, id_: UUID, *, limit: int) -> Sequence[UUID]:
    """Read which batches take a batch back, the oldest first."""
    return [UUID(int=row["id"].int) for row in await pool.fetch(sql.select_reverts, id_, limit)]


async def read_outcomes(pool: Pool, batch: Batch, *, after: Position, limit: int) -> Sequence[TargetOutcome]:
    """Read the outcomes of a batch's targets above `after`, in order."""
    rows = await pool.fetch(sql.select_outcomes, batch.id, after, limit)
    return [
        TargetOutcome(
            row["position"],
            "applied" if row["ruled_at"] else "unchanged" if row["position"] <= batch.reached else "waiting",
            row["ruled_at"],
        )
        for row in rows
    ]


async def read_missed(pool: Pool, batch: Batch) -> Sequence[Position]:
    """Return the positions a batch was ordered for at which there is no vote or review."""
    if batch.select is None or batch.select.positions is None:
        return []
    rows = await pool.fetch(sql.select_missed, batch.id, batch.select.positions)
    return [Position(row["position"]) for row in rows]


async def cancel_batch(pool: Pool, id_: UUID, *, by: Author) -> bool:
    """Stop a batch where it is; its rulings so far stay. False if it had ended already."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL synchronous_commit = on")
        if await connection.fetchval(sql.end_batch, id_, "cancelled", None) is None:
            return False
        await write_audit(connection, AuditLine(by=by, action="batch-cancelled", what=str(id_)))
        return True


def number_of(id_: UUID) -> int:
    """Make a lock's number, 32 bits with a sign, of a batch's id."""
    return int.from_bytes(id_.bytes[-4:], "big", signed=True)


def _batch(row: Record) -> Batch:
    return Batch(
        id=UUID(int=row["id"].int),
        action=row["action"],
        state=row["state"],
        matched=row["matched"],
        applied=row["applied"],
        unchanged=max(0, row["looked_at"] - row["applied"]),
        select=None if row["reverts"] else _decode_selection(row["selection"]),
        reverts=row["reverts"] and UUID(int=row["reverts"].int),
        as_of=row["as_of"] and Position(row["as_of"]),
        reason=row["reason"],
        note=row["note"],
        moderator=row["moderator"],
        head=Position(row["head"]),
        reached=Position(row["reached"]),
        created_at=row["created_at"],
        ended_at=row["ended_at"],
        error=row["error"],
    )
