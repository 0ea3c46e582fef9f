"""From a moderator's order to its rulings: small batches are given at once, large ones by the workers."""

import asyncio
from time import monotonic
from typing import Final
from uuid import UUID, uuid4

from msgspec import Struct
from msgspec.structs import asdict
from redis.asyncio import Redis

from events.ids import Position
from events.jobs import GIVE_BATCH, enqueue
from events.log.commands import IdempotencyKey, KeyReusedError
from events.log.connection import Pool
from events.log.writer import Writer
from events.moderation.batches import (
    Batch,
    TargetOutcome,
    order_batch,
    read_batch,
    read_missed,
    read_outcomes,
)
from events.moderation.orders import BatchOrder
from events.moderation.running import run_batch
from service.commands.refusals import UnknownBatchError
from service.http import pagination
from service.http.parameters import Preference

AT_ONCE_MAX: Final = 1_000
"""Rulings that the request itself waits for."""

WAIT_S_MAX: Final = 60.0
LOOK_S: Final = 0.05


def name_order(key: IdempotencyKey | None) -> tuple[UUID, bytes | None]:
    """Return the id of an order, and the fingerprint that tells it from others of the same key.

    The id is made of the key, so that the same request always means the same batch.
    """
    return (uuid4(), None) if key is None else (key.uuid(), key.fingerprint)


async def run_order(
    pool: Pool, redis: Redis, writer: Writer, asked: BatchOrder, preference: Preference
) -> Batch:
    """Order a batch and see it through, or hand it to the workers and wait for them as long as preferred.

    Raises:
        KeyReusedError: the Idempotency-Key named another order before.
    """
    taken = await order_batch(pool, asked)
    if taken is not None and taken != asked.fingerprint:
        message = "This Idempotency-Key came with another order before."
        raise KeyReusedError(message)
    batch = await find_batch(pool, asked.id)
    if batch.state != "running":
        return batch
    if batch.matched <= AT_ONCE_MAX and not preference.respond_async:
        await run_batch(pool, writer, batch.id)
    else:
        await enqueue(redis, GIVE_BATCH, str(batch.id))
        deadline = monotonic() + min(preference.wait_s, WAIT_S_MAX)
        while batch.state == "running" and monotonic() < deadline:
            await asyncio.sleep(LOOK_S)
            batch = await find_batch(pool, batch.id)
    return await find_batch(pool, batch.id)


class Outcomes(Struct, frozen=True):
    """A page of the outcomes of a batch's targets; `next` is the cursor of the page that follows."""

    items: list[TargetOutcome]
    next: str | None


class BatchReport(Batch, frozen=True, kw_only=True):
    """A batch and what came of its events.

    Attributes:
        missed: The positions asked for that hold nothing that could be retracted.
    """

    missed: list[Position]
    events: Outcomes


async def report_batch(pool: Pool, id_: UUID, *, after: Position, limit: int) -> BatchReport:
    """Read a batch, and up to `limit` outcomes of its targets above a position.

    Raises:
        UnknownBatchError: there is none of this id.
    """
    batch = await find_batch(pool, id_)
    outcomes = await read_outcomes(pool, batch, after=after, limit=limit + 1)
    page = pagination.page(outcomes, [str(outcome.position) for outcome in outcomes], limit=limit)
    missed = await read_missed(pool, batch)
    return BatchReport(**asdict(batch), missed=[*missed], events=Outcomes(page.items, page.next))


async def find_batch(pool: Pool, id_: UUID) -> Batch:
    """Read a batch.

    Raises:
        UnknownBatchError: there is none of this id.
    """
    batch = await read_batch(pool, id_)
    if batch is None:
        raise UnknownBatchError(id_)
    return batch
