"""Checks whether the servers can be reached: one clear line now instead of a traceback later."""

import re

import asyncpg
from redis import RedisError
from redis.asyncio import Redis

from events.log.connection import CONNECT_TIMEOUT_S
from service.errors import ServersError, UnusableError

PASSWORD = re.compile(r"//[^@/]*@|(?<=[?&])password=[^&]*")


async def check_servers(*, database_url: str, redis_url: str) -> None:
    """Connect to both servers once.

    Raises:
        UnusableError: A URL is malformed.
        ServersError: A server does not answer, or refuses the connection.
    """
    await check_database(database_url)
    await check_redis(redis_url)


async def check_database(database_url: str) -> None:
    """Connect to PostgreSQL once. Raises what `check_servers` raises."""
    try:
        connection = await asyncpg.connect(database_url, timeout=CONNECT_TIMEOUT_S)
        await connection.close(timeout=CONNECT_TIMEOUT_S)
    except ValueError as error:
        message = f"DATABASE_URL is not a PostgreSQL URL: {error}"
        raise UnusableError(message) from error
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        message = f"cannot reach PostgreSQL at {without_password(database_url)}: {_reason(error)}"
        raise ServersError(message) from error


async def check_redis(redis_url: str) -> None:
    """Connect to Valkey once. Raises what `check_servers` raises."""
    try:
        async with Redis.from_url(redis_url, socket_connect_timeout=CONNECT_TIMEOUT_S) as client:  # pyright: ignore[reportUnknownMemberType]
            await client.ping()  # pyright: ignore[reportUnknownMemberType, reportGeneralTypeIssues]
    except ValueError as error:
        message = f"REDIS_URL is not a Redis URL: {error}"
        raise UnusableError(message) from error
    except (OSError, RedisError) as error:
        message = f"cannot reach Valkey at {without_password(redis_url)}: {_reason(error)}"
        raise ServersError(message) from error


def without_password(url: str) -> str:
    """Return a URL without its user and password."""
    return PASSWORD.sub(lambda found: "//" if found[0].startswith("//") else "", url)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or ("no answer in time" if isinstance(error, TimeoutError) else type(error).__name__)
