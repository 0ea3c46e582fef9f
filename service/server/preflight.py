"""Checks whether the servers can be reached: one clear line now instead of a traceback later."""

import re

import asyncpg
from redis import RedisError
from redis.asyncio import Redis

from events.log.connection import CONNECT_TIMEOUT_S
from service.errors import ServersError, UnusableError

CREDENTIALS = re.compile(r"//(?P<written>.*)@", re.DOTALL)
PASSWORD = re.compile(r"//.*@|(?<=[?&])(?:ssl)?password=[^&]*", re.DOTALL)
ESCAPES = "; in a user or password write @ as %40, # as %23, / as %2F and ? as %3F"


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
        message = f"DATABASE_URL is not a PostgreSQL URL{_hint(database_url) or f': {error}'}"
        raise UnusableError(message) from error
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        reason = _reason(error) + _hint(database_url)
        message = f"cannot reach PostgreSQL at {without_password(database_url)}: {reason}"
        raise ServersError(message) from error


async def check_redis(redis_url: str) -> None:
    """Connect to Valkey once. Raises what `check_servers` raises."""
    try:
        async with Redis.from_url(redis_url, socket_connect_timeout=CONNECT_TIMEOUT_S) as client:  # pyright: ignore[reportUnknownMemberType]
            await client.ping()  # pyright: ignore[reportUnknownMemberType, reportGeneralTypeIssues]
    except ValueError as error:
        message = f"REDIS_URL is not a Redis URL{_hint(redis_url) or f': {error}'}"
        raise UnusableError(message) from error
    except (OSError, RedisError) as error:
        reason = _reason(error) + _hint(redis_url)
        message = f"cannot reach Valkey at {without_password(redis_url)}: {reason}"
        raise ServersError(message) from error


def without_password(url: str) -> str:
    """Return a URL without its user and password."""
    return PASSWORD.sub(lambda found: "//" if found[0].startswith("//") else "", url)


def _hint(url: str) -> str:
    """Say how to escape a password that ends the part of the URL it stands in; "" if it does not.

    What a parser says of such a URL holds a part of the password.
    """
    found = CREDENTIALS.search(url)
    return ESCAPES if found and set("@#/?") & set(found["written"]) else ""


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or ("no answer in time" if isinstance(error, TimeoutError) else type(error).__name__)
