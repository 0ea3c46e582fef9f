"""Gives a batch's rulings, page by page.

A worker may be killed at any moment, and another one continues. It repeats a page that was committed but not
noted, and `RuleOn` sees that this batch has already ruled there.
"""

from typing import Final
from uuid import UUID

import structlog
from asyncpg import Record

from events.ids import ActorId, Position, SubjectId
from events.log.commands import Appended, Refusal, StreamUnreadableError
from events.log.connection import Pool
from events.log.writer import Writer
from events.moderation import sql
from events.moderation.batches import Batch, number_of, read_batch
from events.moderation.ruling import RuleOn

PAGE_TARGETS_MAX: Final = 500
"""Rulings in one commit: few, since every vote meanwhile waits for it."""

_log: Final = structlog.get_logger(__name__)


async def run_batch(pool: Pool, writer: Writer, id_: UUID) -> None:
    """Give the remaining rulings of a batch, unless another worker is running it.

    Raises:
        StreamUnreadableError: an event it is about cannot be read, which fails the batch.
        events.log.commands.Refusal: the log cannot be written at the moment; the batch stays running.
    """
    async with pool.acquire() as connection:
        if not await connection.fetchval(sql.try_batch_lock, number_of(id_)):
            return
        try:
            await _run(pool, writer, id_)
        except StreamUnreadableError as error:
            await pool.execute(sql.end_batch, id_, "failed", error.detail)
            raise
        except Refusal:
            raise
        except Exception as defect:
            _log.exception("a batch met a defect", batch=str(id_))
            await pool.execute(sql.end_batch, id_, "failed", repr(defect))
            raise
        finally:
            await connection.execute(sql.release_batch_lock, number_of(id_))


async def running_batches(pool: Pool) -> list[UUID]:
    """Return the batches that have not ended, oldest first."""
    return [UUID(int=row["id"].int) for row in await pool.fetch(sql.select_running)]


async def _run(pool: Pool, writer: Writer, id_: UUID) -> None:
    batch = await read_batch(pool, id_)
    if batch is None or batch.state != "running":
        return
    reached = batch.reached
    while rows := await pool.fetch(sql.select_targets, id_, reached, PAGE_TARGETS_MAX):
        for answer in await writer.submit([_ruling(batch, row) for row in rows]):
            if not isinstance(answer, Appended):
                raise answer
        reached = Position(rows[-1]["position"])
        if await pool.fetchval(sql.move_batch, id_, reached) is None:
            return  # cancelled
    await pool.execute(sql.end_batch, id_, "done", None)


def _ruling(batch: Batch, row: Record) -> RuleOn:
    return RuleOn(
        action=batch.action,
        target=Position(row["position"]),
        stream=(SubjectId(row["subject_id"]), ActorId(row["actor_id"])),
        batch=batch.id,
        reason=batch.reason,
        note=batch.note,
        reverts=batch.reverts,
        as_of=batch.as_of,
    )
