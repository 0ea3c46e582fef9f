"""Rebuilding read models: `/v1/replays`."""

from typing import Final
from uuid import UUID

from msgspec import Struct
from redis.asyncio import Redis

from events.log.connection import Pool
from projections.rebuilding.replays import Replay, ReplayOrder, read_replays
from service.commands.refusals import (
    ReplayEndedError,
    ReplayGoingOnError,
    ReplayRunningError,
    UnknownModelError,
    UnknownReplayError,
)
from service.http.auth import MODERATORS
from service.http.pagination import LIMIT_DEFAULT, BeforeTime, Limit, Page, page
from service.http.problems import TooManyStreamsError
from service.http.response import Response, encode
from service.http.schemas import ReplayBody
from service.http.signature import Key
from service.http.sse import EVENT_STREAM, EventStream, Streams
from service.http.tokens import Principal
from service.operations.batches import name_order
from service.operations.replays import (
    cancel_replay,
    choose_models,
    find_replay,
    follow_replay,
    start_replay,
    swap_in,
)
from service.routes.declare import get, post
from service.routes.examples import common
from service.routes.examples.replays import REPLAY, REPLAY_EVENT

REPLAYS: Final = "/v1/replays"
EMPTY: Final = ReplayBody()
"""A body that was left out."""

ONE: Final = f"{REPLAYS}/{{id}}"


class ReplaysQuery(Struct, frozen=True, kw_only=True):
    """A page of replays."""

    limit: Limit = LIMIT_DEFAULT
    cursor: BeforeTime = None


@post(
    REPLAYS,
    callers=MODERATORS,
    takes={"models": ["community"], "dry_run": True},
    answer=Replay,
    example=REPLAY | {"state": "running", "difference": None, "ended_at": None},
    statuses=(202,),
    refuses=(ReplayGoingOnError, UnknownModelError),
)
async def post_replay(
    *, moderator: Principal, key: Key, pool: Pool, redis: Redis, body: ReplayBody = EMPTY
) -> Response:
    """Rebuild read models from the log beside the live ones. Votes keep arriving meanwhile.

    Without `models` all are rebuilt. At the log's end the replay compares the rebuilt models with the live
    ones, and then takes their place. With `dry_run` it stays `ready` until it is swapped in or cancelled.
    """
    id_, fingerprint = name_order(key)
    asked = ReplayOrder(
        id=id_,
        models=choose_models(body.models),
        dry_run=body.dry_run,
        by=moderator.author,
        fingerprint=fingerprint,
    )
    return _accepted(await start_replay(pool, redis, asked))


@post(
    f"{ONE}/swap",
    callers=MODERATORS,
    answer=Replay,
    example=REPLAY | {"state": "running", "ended_at": None},
    statuses=(202,),
    refuses=(UnknownReplayError, ReplayRunningError, ReplayEndedError),
)
async def post_swap(*, id: UUID, moderator: Principal, pool: Pool, redis: Redis) -> Response:  # noqa: A002 - its name in the address
    """Swap in a `ready` replay: it folds the newest events and takes the live models' place.

    Readers do not notice. If a reader holds the live tables for too long, the replay is `ready` again.
    """
    return _accepted(await swap_in(pool, redis, id, by=moderator.author))


@post(
    f"{ONE}/cancel",
    callers=MODERATORS,
    example=REPLAY | {"state": "cancelled"},
    refuses=(UnknownReplayError, ReplayEndedError),
)
async def post_cancel(*, id: UUID, moderator: Principal, pool: Pool) -> Replay:  # noqa: A002 - its name in the address
    """Cancel a running or ready replay and drop the tables that it has rebuilt."""
    return await cancel_replay(pool, id, by=moderator.author)


@get(REPLAYS, callers=MODERATORS, example={"items": [REPLAY], "next": common.NEXT})
async def get_replays(*, query: ReplaysQuery, pool: Pool) -> Page[Replay]:
    """List replays, newest first."""
    replays = await read_replays(pool, before=query.cursor, limit=query.limit + 1)
    return page(replays, [replay.created_at.isoformat() for replay in replays], limit=query.limit)


@get(ONE, callers=MODERATORS, example=REPLAY, refuses=(UnknownReplayError,))
async def get_replay(*, id: UUID, pool: Pool) -> Replay:  # noqa: A002 - its name in the address
    """Read the progress of a replay, the time it will take, and what it changes."""
    return await find_replay(pool, id)


@get(
    f"{ONE}/stream",
    callers=MODERATORS,
    answer=str,
    example=REPLAY_EVENT,
    media_type=EVENT_STREAM,
    refuses=(UnknownReplayError, TooManyStreamsError),
)
async def get_replay_stream(*, id: UUID, pool: Pool, streams: Streams) -> EventStream:  # noqa: A002 - its name in the address
    """Follow a replay as server-sent events: `data` is the whole document, `id` its position.

    The stream ends when the replay ends, or when it is `ready` and waits for a decision.
    """
    return EventStream(streams, follow_replay(pool, await find_replay(pool, id)))


def _accepted(replay: Replay) -> Response:
    return Response(encode(replay), status=202, headers=((b"location", f"{REPLAYS}/{replay.id}".encode()),))


ROUTES: Final = (post_replay, post_swap, post_cancel, get_replays, get_replay, get_replay_stream)
