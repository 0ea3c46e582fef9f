"""Batches of rulings for tests, without a service."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec

from events.log.audit import Author
from events.log.connection import Pool
from events.log.writer import Writer
from events.moderation.batches import Batch, order_batch, read_batch
from events.moderation.orders import BatchOrder
from events.moderation.ruling import Action
from events.moderation.running import run_batch
from events.moderation.selection import Selection

SAM = Author("sam", "moderator")


def an_order(action: Action, *, reverts: UUID | None = None, **select: Any) -> BatchOrder:  # noqa: ANN401 - as JSON
    """Make an order of a selection spelt as in JSON, or of what another batch did."""
    return BatchOrder(
        id=uuid4(),
        action=action,
        select=None if reverts else msgspec.convert(select, Selection),
        reverts=reverts,
        reason="fraud",
        note="",
        by=SAM,
    )


async def rule(pool: Pool, writer: Writer, asked: BatchOrder) -> Batch:
    """Order a batch and give its rulings."""
    assert await order_batch(pool, asked) is None
    await run_batch(pool, writer, asked.id)
    batch = await read_batch(pool, asked.id)
    assert batch is not None
    return batch


async def retract(pool: Pool, writer: Writer, positions: Sequence[int]) -> Batch:
    """Retract the events at these positions."""
    return await rule(pool, writer, an_order("retract", positions=list(positions)))


async def reinstate(pool: Pool, writer: Writer, positions: Sequence[int]) -> Batch:
    """Reinstate the events at these positions."""
    return await rule(pool, writer, an_order("reinstate", positions=list(positions)))


async def revert(pool: Pool, writer: Writer, batch: Batch) -> Batch:
    """Take back what a batch did."""
    action: Action = "reinstate" if batch.action == "retract" else "retract"
    return await rule(pool, writer, an_order(action, reverts=batch.id))
