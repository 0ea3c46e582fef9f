"""Messages that may be lost: "the log has moved", "a read model has moved".

They travel over Redis publish/subscribe. Every listener also polls Postgres, so a lost hint, or a missing
Redis, costs some lag and nothing else.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import Any, Final, Protocol, Self

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from events.tasks import end

APPENDED: Final = "ostraka:appended"
"""The channel of the writers: the head moved. The payload is the new head."""

FOLDED: Final = "ostraka:folded"
"""Channel of the workers: a read model moved. The payload is JSON: subjects that changed, null for all."""

PACE_S: Final = 0.01
"""The shortest time between two messages. The first message after a pause is sent at once."""

RECONNECT_S: Final = 0.5
LISTEN_TIMEOUT_S: Final = 10

_log: Final = structlog.get_logger(__name__)


class Publisher:
    """Publishes the latest payload on a channel, without ever making the caller wait.

    While one payload is being sent, later ones replace each other. So a thousand commits a second
    make no more messages than Redis can take. Use it as `async with Publisher(...)`.
    """

    def __init__(self, redis: Redis, channel: str) -> None:
        self._redis = redis
        self._channel = channel
        self._payload = b""
        self._dirty = asyncio.Event()
        self._task: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name=f"publish {self._channel}")
        return self

    async def __aexit__(self, *_: object) -> None:
        await end(self._task)

    def publish(self, payload: bytes) -> None:
        """Hand over a payload; the ones before it that were not sent yet are dropped."""
        self._payload = payload
        self._dirty.set()

    async def _run(self) -> None:
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            try:
                await self._redis.publish(self._channel, self._payload)  # pyright: ignore[reportUnknownMemberType] - redis-py leaves **kwargs untyped
                await asyncio.sleep(PACE_S)
            except (RedisError, OSError) as error:
                _log.warning("a hint was not sent", channel=self._channel, error=repr(error))
                await asyncio.sleep(RECONNECT_S)


async def send(redis: Redis, channel: str, payload: bytes) -> None:
    """Publish one message; a failure is logged and otherwise ignored."""
    try:
        await redis.publish(channel, payload)  # pyright: ignore[reportUnknownMemberType] - redis-py leaves **kwargs untyped
    except (RedisError, OSError) as error:
        _log.warning("a hint was not sent", channel=channel, error=repr(error))


class _Messages(Protocol):
    """The part of redis-py's subscription used here, which redis-py itself leaves partly untyped."""

    async def get_message(self, *, timeout: float) -> dict[str, bytes] | None: ...  # noqa: ASYNC109 - its name


@contextlib.asynccontextmanager
async def _subscription(redis: Redis, channel: str) -> AsyncGenerator[_Messages]:
    pubsub: Any = redis.pubsub(ignore_subscribe_messages=True)  # pyright: ignore[reportUnknownMemberType]
    async with pubsub:
        await pubsub.subscribe(channel)
        yield pubsub


async def listen(
    redis: Redis, channel: str, on_message: Callable[[bytes], None], on_gap: Callable[[], None]
) -> None:
    """Call `on_message` with each payload on a channel, until cancelled.

    `on_gap` is called on each (re)connection, since messages may have been missed before it.
    """
    while True:
        try:
            async with _subscription(redis, channel) as messages:
                on_gap()
                while True:
                    message = await messages.get_message(timeout=LISTEN_TIMEOUT_S)
                    if message is not None:
                        on_message(message["data"])
        except (RedisError, OSError) as error:
            _log.warning("hints cannot be received", channel=channel, error=repr(error))
            await asyncio.sleep(RECONNECT_S)
