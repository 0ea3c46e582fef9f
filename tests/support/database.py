"""Databases for tests: names in server URLs, and a connection that may create and drop."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

import asyncpg


def url_of(server_url: str, database: str) -> str:
    """Name another database of the same server."""
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{database}"))


@asynccontextmanager
async def admin_connection(server_url: str) -> AsyncGenerator["asyncpg.Connection[asyncpg.Record]"]:
    """Connect as the server's superuser."""
    connection = await asyncpg.connect(server_url)
    try:
        yield connection
    finally:
        await connection.close()
