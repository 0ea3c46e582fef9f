"""Rebuilding read models: `/v1/replays`."""

from typing import Final

import msgspec
from litestar import get, post
from redis.asyncio import Redis

from events.log.connection import Pool
from projections.rebuilding.replays import Replay, ReplayOrder, read_replays
from service.http import pagination, parameters
from service.http.auth import MODERATORS, require
from service.http.conditional import answer_read
from service.http.request import Request, direct
from service.http.response import Response, encode
from service.http.schemas import ReplayBody
from service.http.sse import EVENT_STREAM, EventStream, Streams
from service.http.tokens import Tokens
from service.operations.batches import name_order
from service.operations.replays import (
    cancel_replay,
    choose_models,
    find_replay,
    follow_replay,
    start_replay,
    swap_in,
)
from service.routes.examples import common
from service.routes.examples.replays import REPLAY, REPLAY_EVENT
from service.routes.openapi import IDEMPOTENCY_KEY, describe

REPLAYS: Final = "/v1/replays"

_decode: Final = msgspec.json.Decoder(ReplayBody)


@post(
    REPLAYS,
    status_code=202,
    operation_class=describe(
        takes={"models": ["community"], "dry_run": True},
        takes_as="ReplayBody",
        answers=REPLAY | {"state": "running", "difference": None, "ended_at": None},
        answers_as="Replay",
        headers=IDEMPOTENCY_KEY,
        statuses=(202,),
        refusals=(400, 401, 403, 409, 413, 422, 503),
    ),
)
@direct()
async def post_replay(request: Request, *, pool: Pool, redis: Redis, tokens: Tokens) -> Response:
    """Rebuild read models from the log beside the live ones, while votes keep arriving. For moderators.

    Without `models` all are rebuilt. At the log's end the replay says by what the rebuilt models differ from
    the live ones, and takes their place; with `dry_run` it waits, `ready`, to be swapped in or cancelled.
    """
    moderator = require(request, tokens, *MODERATORS)
    parameters.query(request)
    body = await request.decoded(_decode) if await request.body() else ReplayBody()
    models = choose_models(body.models)
    id_, fingerprint = await name_order(request, moderator)
    asked = ReplayOrder(
        id=id_, models=models, dry_run=body.dry_run, by=moderator.author, fingerprint=fingerprint
    )
    return _accepted(await start_replay(pool, redis, asked))


@post(
    f"{REPLAYS}/{{id:str}}/swap",
    status_code=202,
    operation_class=describe(
        answers=REPLAY | {"state": "running", "ended_at": None},
        answers_as="Replay",
        statuses=(202,),
        refusals=(400, 401, 403, 404, 409, 503),
    ),
)
@direct()
async def post_swap(request: Request, *, pool: Pool, redis: Redis, tokens: Tokens) -> Response:
    """Let a `ready` replay take in what has happened since, and take the live models' place. For moderators.

    Readers notice nothing; should somebody never leave the live tables, the replay is `ready` again.
    """
    by = require(request, tokens, *MODERATORS).author
    parameters.query(request)
    return _accepted(await swap_in(pool, redis, parameters.identifier(request), by=by))


@post(
    f"{REPLAYS}/{{id:str}}/cancel",
    status_code=200,
    operation_class=describe(
        answers=REPLAY | {"state": "cancelled"},
        answers_as="Replay",
        refusals=(400, 401, 403, 404, 409, 503),
    ),
)
@direct()
async def post_cancel(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """End a running or ready replay and drop what it has rebuilt. For moderators."""
    by = require(request, tokens, *MODERATORS).author
    parameters.query(request)
    id_ = parameters.identifier(request)
    return Response(encode(await cancel_replay(pool, id_, by=by)))


@get(
    REPLAYS,
    operation_class=describe(
        answers={"items": [REPLAY], "next": common.NEXT},
        answers_as=common.page_of("Replay"),
        query={"limit": common.LIMIT, "cursor": common.CURSOR},
        refusals=(400, 401, 403, 503),
    ),
)
@direct()
async def get_replays(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """List replays, newest first. For moderators."""
    require(request, tokens, *MODERATORS)
    asked = parameters.query(request, "limit", "cursor")
    limit = pagination.limit(asked)
    replays = await read_replays(pool, before=pagination.before(asked), limit=limit + 1)
    keys = [replay.created_at.isoformat() for replay in replays]
    return answer_read(request, pagination.page(list(replays), keys, limit=limit))


@get(
    f"{REPLAYS}/{{id:str}}",
    operation_class=describe(answers=REPLAY, answers_as="Replay", refusals=(400, 401, 403, 404, 503)),
)
@direct()
async def get_replay(request: Request, *, pool: Pool, tokens: Tokens) -> Response:
    """Read how far a replay is, how long it will take, and what it changes. For moderators."""
    return answer_read(request, await _asked_for(request, pool, tokens))


@get(
    f"{REPLAYS}/{{id:str}}/stream",
    operation_class=describe(
        answers=REPLAY_EVENT,
        answers_as={"type": "string"},
        answers_type=EVENT_STREAM,
        refusals=(400, 401, 403, 404, 503),
    ),
)
@direct()
async def get_replay_stream(request: Request, *, pool: Pool, streams: Streams, tokens: Tokens) -> EventStream:
    """Follow a replay as server-sent events: `data` is the whole document, `id` its position. For moderators.

    The stream ends with the replay, or when it is `ready` and waits for somebody's decision.
    """
    return EventStream(streams, follow_replay(pool, await _asked_for(request, pool, tokens)))


async def _asked_for(request: Request, pool: Pool, tokens: Tokens) -> Replay:
    require(request, tokens, *MODERATORS)
    parameters.query(request)
    return await find_replay(pool, parameters.identifier(request))


def _accepted(replay: Replay) -> Response:
    return Response(encode(replay), status=202, headers=((b"location", f"{REPLAYS}/{replay.id}".encode()),))


ROUTES: Final = (post_replay, post_swap, post_cancel, get_replays, get_replay, get_replay_stream)
