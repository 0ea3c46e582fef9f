"""A few commands of Valkey, typed here once: redis-py leaves their arguments and answers unknown."""

from typing import cast

from redis.asyncio import Redis


def connect_to(url: str) -> Redis:
    """Build a client, to be used as `async with`."""
    return Redis.from_url(url)  # pyright: ignore[reportUnknownMemberType]


async def say(redis: Redis, channel: str, message: bytes) -> None:
    """Publish a message."""
    await redis.publish(channel, message)  # pyright: ignore[reportUnknownMemberType]


async def kill_subscribers(redis: Redis) -> None:
    """Cut off everyone who listens, as an operator or a failover would."""
    answer = await redis.execute_command("CLIENT", "KILL", "TYPE", "pubsub")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    assert cast("int", answer) >= 1
