"""From a moderator's order to rebuild read models to what came of it; the workers do the work."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from time import monotonic
from typing import Final
from uuid import UUID

from redis.asyncio import Redis

from events.jobs import REPLAY, enqueue
from events.log.audit import Author
from events.log.commands import KeyReusedError
from events.log.connection import LOST, Pool
from projections.rebuilding.beside import drop_leftovers
from projections.rebuilding.replays import (
    GoingOnError,
    Replay,
    ReplayOrder,
    end_replay,
    order_replay,
    order_swap,
    read_replay,
)
from projections.registry import NAMES
from service.commands.refusals import (
    ReplayEndedError,
    ReplayGoingOnError,
    ReplayRunningError,
    UnknownModelError,
    UnknownReplayError,
)
from service.http.response import encode
from service.http.sse import SIGN_OF_LIFE, SILENCE_S_MAX, written

LOOK_S: Final = 0.1


def choose_models(models: Sequence[str] | None) -> list[str]:
    """Name the read models meant, each once and in the order they are folded; None means all.

    Raises:
        UnknownModelError: there is none of such a name.
    """
    for model in models or ():
        if model not in NAMES:
            raise UnknownModelError(model, NAMES)
    return [name for name in NAMES if models is None or name in models]


async def start_replay(pool: Pool, redis: Redis, asked: ReplayOrder) -> Replay:
    """Order a replay and hand it to the workers.

    Raises:
        KeyReusedError: the Idempotency-Key named another order before.
        ReplayGoingOnError: a model of it is being rebuilt already.
    """
    try:
        taken = await order_replay(pool, asked)
    except GoingOnError as error:
        raise ReplayGoingOnError(error.other.id, error.other.models, error.other.state) from error
    if taken is not None and taken != asked.fingerprint:
        message = "This Idempotency-Key came with another order before."
        raise KeyReusedError(message)
    if taken is None:
        await enqueue(redis, REPLAY, str(asked.id))
    return await find_replay(pool, asked.id)


async def find_replay(pool: Pool, id_: UUID) -> Replay:
    """Read a replay.

    Raises:
        UnknownReplayError: there is none of this id.
    """
    replay = await read_replay(pool, id_)
    if replay is None:
        raise UnknownReplayError(id_)
    return replay


async def swap_in(pool: Pool, redis: Redis, id_: UUID, *, by: Author) -> Replay:
    """Let a ready replay run on to the head of today and swap.

    Raises:
        UnknownReplayError: there is none of this id.
        ReplayRunningError: it is not ready yet.
        ReplayEndedError: there is nothing left to swap.
    """
    await find_replay(pool, id_)
    swaps = await order_swap(pool, id_, by=by)
    replay = await find_replay(pool, id_)
    if not swaps:
        raise (ReplayRunningError(id_) if replay.state == "running" else ReplayEndedError(id_, replay.state))
    await enqueue(redis, REPLAY, str(id_))
    return replay


async def cancel_replay(pool: Pool, id_: UUID, *, by: Author) -> Replay:
    """End a replay; its tables go, and the live ones stay as they are.

    Raises:
        UnknownReplayError: there is none of this id.
        ReplayEndedError: it has ended already.
    """
    await find_replay(pool, id_)
    cancelled = await end_replay(pool, id_, by=by)
    replay = await find_replay(pool, id_)
    if not cancelled:
        raise ReplayEndedError(id_, replay.state)
    await drop_leftovers(pool)
    return replay


async def follow_replay(
    pool: Pool, replay: Replay, *, write: Callable[[Replay], bytes] = encode
) -> AsyncGenerator[bytes]:
    """Tell of a replay, as `write` has it, whenever that has changed, until it is ready or ended."""
    told: bytes | None = None
    told_at = 0.0
    while True:
        document = write(replay)
        if document != told:
            told, told_at = document, monotonic()
            yield written(replay.position, document)
        elif monotonic() - told_at > SILENCE_S_MAX:
            told_at = monotonic()
            yield SIGN_OF_LIFE
        if replay.state != "running":
            return
        await asyncio.sleep(LOOK_S)
        try:
            replay = await find_replay(pool, replay.id)
        except LOST:
            return  # whoever listens comes again
