"""Batches of rulings: `/v1/moderation/batches`."""

from typing import Any, Final

import msgspec
from litestar import get, post
from redis.asyncio import Redis

from events.log.connection import Pool
from events.log.writer import Writer
from events.moderation.batches import cancel_batch, read_batches, read_missed, read_outcomes
from events.moderation.orders import BatchOrder
from projections.preview.effects import preview
from service.commands.refusals import BatchEndedError, BatchRunningError
from service.http import pagination, parameters
from service.http.auth import MODERATORS, require
from service.http.conditional import answer_read
from service.http.problems import BadBodyError
from service.http.request import Request, direct
from service.http.response import Response, encode
from service.http.schemas import OrderBody, RevertBody
from service.http.tokens import Tokens
from service.operations.batches import find_batch, name_order, run_order
from service.reads.as_of import reach_head
from service.routes.examples import common
from service.routes.openapi import IDEMPOTENCY_KEY, describe

BATCHES: Final = "/v1/moderation/batches"
PREFER: Final = {
    "Prefer": "`wait=SECONDS`: wait up to so long (60 at most) for a large batch to end. "
    "`respond-async`: leave even a small one to the workers."
}

_decode_order: Final = msgspec.json.Decoder(OrderBody)
_decode_revert: Final = msgspec.json.Decoder(RevertBody)


@post(
    BATCHES,
    status_code=201,
    operation_class=describe(
        takes=common.ORDER,
        takes_as="OrderBody",
        answers=common.BATCH,
        answers_as="Batch",
        headers=IDEMPOTENCY_KEY | PREFER,
        statuses=(201, 202),
        refusals=(400, 401, 403, 413, 422, 503),
    ),
)
@direct()
async def post_batch(
    request: Request, *, pool: Pool, redis: Redis, writer: Writer, tokens: Tokens
) -> Response:
    """Retract or reinstate votes, preferences and reviews, each by an event of its own. For moderators.

    With `dry_run` nothing is written; the answer (200) says what the scores would become. A batch of more
    than 1,000 events answers 202 and is given in the background; its Location tells how far it is.
    """
    moderator = require(request, tokens, *MODERATORS)
    parameters.query(request)
    body = await request.decoded(_decode_order)
    if complaint := body.select.complaint():
        raise BadBodyError(complaint)
    id_, fingerprint = await name_order(request, moderator)
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
    return await _answer(request, asked, pool, redis, writer, dry_run=body.dry_run)


@post(
    f"{BATCHES}/{{id:str}}/revert",
    status_code=201,
    operation_class=describe(
        takes={"note": "The evidence did not hold."},
        takes_as="RevertBody",
        answers=common.BATCH | {"action": "reinstate", "reverts": common.BATCH["id"]},
        answers_as="Batch",
        headers=IDEMPOTENCY_KEY | PREFER,
        statuses=(201, 202),
        refusals=(400, 401, 403, 404, 409, 413, 422, 503),
    ),
)
@direct()
async def post_revert(
    request: Request, *, pool: Pool, redis: Redis, writer: Writer, tokens: Tokens
) -> Response:
    """Take back what a batch did, and nothing that others ruled since. For moderators.

    The body may be left out. It is a batch of its own, which can be previewed and reverted like any other.
    """
    moderator = require(request, tokens, *MODERATORS)
    parameters.query(request)
    reverted = await find_batch(pool, parameters.identifier(request))
    if reverted.state == "running":
        raise BatchRunningError(reverted.id)
    body = await request.decoded(_decode_revert) if await request.body() else RevertBody()
    id_, fingerprint = await name_order(request, moderator)
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
    return await _answer(request, asked, pool, redis, writer, dry_run=body.dry_run)


@post(
    f"{BATCHES}/{{id:str}}/cancel",
    status_code=200,
    operation_class=describe(
        answers=common.BATCH | {"state": "cancelled"},
        answers_as="Batch",
        refusals=(400, 401, 403, 404, 409, 503),
    ),
)
@direct()
async def post_cancel(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """End a running batch where it is; the rulings it gave stand until it is reverted. For moderators."""
    moderator = require(request, tokens, *MODERATORS)
    parameters.query(request)
    batch = await find_batch(pool, parameters.identifier(request))
    if not await cancel_batch(pool, batch.id, by=moderator.author):
        raise BatchEndedError(batch.id, (await find_batch(pool, batch.id)).state)
    return Response(encode(await find_batch(pool, batch.id)))


@get(
    BATCHES,
    operation_class=describe(
        answers={"items": [common.BATCH], "next": common.NEXT},
        answers_as=common.page_of("Batch"),
        query={"limit": common.LIMIT, "cursor": common.CURSOR},
        refusals=(400, 401, 403, 503),
    ),
)
@direct()
async def get_batches(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """List what moderators ordered, newest first: who, when, why. For moderators."""
    require(request, tokens, *MODERATORS)
    asked = parameters.query(request, "limit", "cursor")
    limit = pagination.limit(asked)
    batches = await read_batches(pool, before=pagination.before(asked), limit=limit + 1)
    keys = [batch.created_at.isoformat() for batch in batches]
    return answer_read(request, pagination.page(list(batches), keys, limit=limit))


@get(
    f"{BATCHES}/{{id:str}}",
    operation_class=describe(
        answers=common.BATCH_WITH_EVENTS,
        answers_as=common.BATCH_WITH_EVENTS_SCHEMA,
        query={
            "limit": ({**common.LIMIT[0], "maximum": 1_000}, common.LIMIT[1]),
            "cursor": common.CURSOR,
        },
        refusals=(400, 401, 403, 404, 503),
    ),
)
@direct()
async def get_batch(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """Read how far a batch is, and what came of each of its events. For moderators.

    `missed` names the positions asked for at which there is nothing that could be retracted.
    """
    require(request, tokens, *MODERATORS)
    asked = parameters.query(request, "limit", "cursor")
    limit = pagination.limit(asked, most=1_000)
    batch = await find_batch(pool, parameters.identifier(request))
    outcomes = await read_outcomes(pool, batch, after=pagination.place(asked), limit=limit + 1)
    keys = [str(outcome.position) for outcome in outcomes]
    document: dict[str, Any] = msgspec.to_builtins(batch)
    document["missed"] = await read_missed(pool, batch)
    document["events"] = pagination.page(list(outcomes), keys, limit=limit)
    return answer_read(request, document)


async def _answer(
    request: Request, asked: BatchOrder, pool: Pool, redis: Redis, writer: Writer, *, dry_run: bool
) -> Response:
    if dry_run:
        await reach_head(pool)
        return Response(encode(await preview(pool, asked)))
    batch = await run_order(pool, redis, writer, asked, parameters.preference(request))
    return Response(
        encode(batch),
        status=202 if batch.state == "running" else 201,
        headers=((b"location", f"{BATCHES}/{batch.id}".encode()),),
    )


ROUTES: Final = (post_batch, post_revert, post_cancel, get_batches, get_batch)
