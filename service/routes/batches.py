"""Batches of rulings: `/v1/moderation/batches`."""

from typing import Final
from uuid import UUID

from msgspec import Struct
from redis.asyncio import Redis

from events.ids import Position
from events.log.connection import Pool
from events.log.writer import Writer
from events.moderation.batches import Batch, cancel_batch, read_batches
from events.moderation.orders import BatchOrder
from projections.preview.effects import Preview, preview
from service.commands.refusals import BatchEndedError, BatchRunningError, UnknownBatchError
from service.http.auth import MODERATORS
from service.http.pagination import (
    LIMIT_DEFAULT,
    AfterPosition,
    BeforeTime,
    Limit,
    LongLimit,
    Page,
    page,
)
from service.http.parameters import Preference
from service.http.problems import BadBodyError
from service.http.response import Response, encode
from service.http.schemas import OrderBody, RevertBody
from service.http.signature import Key, Prefer
from service.http.tokens import Principal
from service.operations.batches import BatchReport, find_batch, name_order, report_batch, run_order
from service.reads.as_of import reach_head
from service.routes.declare import get, post
from service.routes.examples import common

BATCHES: Final = "/v1/moderation/batches"
EMPTY: Final = RevertBody()
"""A body that was left out."""

ONE: Final = f"{BATCHES}/{{id}}"


class BatchesQuery(Struct, frozen=True, kw_only=True):
    """A page of batches."""

    limit: Limit = LIMIT_DEFAULT
    cursor: BeforeTime = None


class OutcomesQuery(Struct, frozen=True, kw_only=True):
    """A page of the outcomes of a batch."""

    limit: LongLimit = LIMIT_DEFAULT
    cursor: AfterPosition = Position(0)


@post(
    BATCHES,
    callers=MODERATORS,
    takes=common.ORDER,
    answer=Batch,
    example=common.BATCH,
    statuses=(201, 202),
    mentions=(Preview,),
)
async def post_batch(
    *,
    body: OrderBody,
    moderator: Principal,
    key: Key,
    prefer: Prefer,
    pool: Pool,
    redis: Redis,
    writer: Writer,
) -> Response:
    """Retract or reinstate votes, preferences and reviews, each by an event of its own.

    With `dry_run` nothing is written, and the answer (200) says what the scores would become. A batch of
    more than 1,000 events is answered with 202 and runs in the background. Its `Location` shows the
    progress.
    """
    if complaint := body.select.complaint():
        raise BadBodyError(complaint)
    id_, fingerprint = name_order(key)
    asked = BatchOrder(
        id=id_,
        action=body.action,
        select=body.select,
        reverts=None,
        reason=body.reason,
        note=body.note,
        by=moderator.author,
        fingerprint=fingerprint,
    )
    return await _answer(asked, prefer, pool, redis, writer, dry_run=body.dry_run)


@post(
    f"{ONE}/revert",
    callers=MODERATORS,
    takes={"note": "The evidence did not hold."},
    answer=Batch,
    example=common.BATCH | {"action": "reinstate", "reverts": common.BATCH["id"]},
    statuses=(201, 202),
    refuses=(UnknownBatchError, BatchRunningError),
)
async def post_revert(
    *,
    id: UUID,  # noqa: A002 - its name in the address
    moderator: Principal,
    key: Key,
    prefer: Prefer,
    pool: Pool,
    redis: Redis,
    writer: Writer,
    body: RevertBody = EMPTY,
) -> Response:
    """Revert a batch. Later rulings of others on the same events stand.

    The body may be left out. The revert is itself a batch, which can be previewed and reverted.
    """
    reverted = await find_batch(pool, id)
    if reverted.state == "running":
        raise BatchRunningError(reverted.id)
    id_, fingerprint = name_order(key)
    asked = BatchOrder(
        id=id_,
        action="reinstate" if reverted.action == "retract" else "retract",
        select=None,
        reverts=reverted.id,
        reason=body.reason or reverted.reason,
        note=body.note,
        by=moderator.author,
        fingerprint=fingerprint,
    )
    return await _answer(asked, prefer, pool, redis, writer, dry_run=body.dry_run)


@post(
    f"{ONE}/cancel",
    callers=MODERATORS,
    example=common.BATCH | {"state": "cancelled"},
    refuses=(UnknownBatchError, BatchEndedError),
)
async def post_cancel(*, id: UUID, moderator: Principal, pool: Pool) -> Batch:  # noqa: A002 - its name in the address
    """Cancel a running batch. The rulings that it has given stand until it is reverted."""
    batch = await find_batch(pool, id)
    if not await cancel_batch(pool, batch.id, by=moderator.author):
        raise BatchEndedError(batch.id, (await find_batch(pool, batch.id)).state)
    return await find_batch(pool, batch.id)


@get(BATCHES, callers=MODERATORS, example={"items": [common.BATCH], "next": common.NEXT})
async def get_batches(*, query: BatchesQuery, pool: Pool) -> Page[Batch]:
    """List the batches that moderators ordered, newest first: who, when and why."""
    batches = await read_batches(pool, before=query.cursor, limit=query.limit + 1)
    return page(batches, [batch.created_at.isoformat() for batch in batches], limit=query.limit)


@get(ONE, callers=MODERATORS, example=common.BATCH_WITH_EVENTS, refuses=(UnknownBatchError,))
async def get_batch(*, id: UUID, query: OutcomesQuery, pool: Pool) -> BatchReport:  # noqa: A002 - its name in the address
    """Read the progress of a batch, and the outcome for each of its events.

    `missed` names the positions in the order at which no vote, preference or review stands.
    """
    return await report_batch(pool, id, after=query.cursor, limit=query.limit)


async def _answer(
    asked: BatchOrder, prefer: Preference, pool: Pool, redis: Redis, writer: Writer, *, dry_run: bool
) -> Response:
    if dry_run:
        await reach_head(pool)
        return Response(encode(await preview(pool, asked)))
    batch = await run_order(pool, redis, writer, asked, prefer)
    return Response(
        encode(batch),
        status=202 if batch.state == "running" else 201,
        headers=((b"location", f"{BATCHES}/{batch.id}".encode()),),
    )


ROUTES: Final = (post_batch, post_revert, post_cancel, get_batches, get_batch)
