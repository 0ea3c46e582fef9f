"""One real Postgres and one real Valkey for the whole run; a database of its own for each test."""

import asyncio
from collections.abc import AsyncGenerator, Generator

import asyncpg
import pytest
from hypothesis import settings
from redis.asyncio import Redis

from events.log.connection import Pool, create_pool
from projections.install import migrate
from service.embedded.home import Home
from service.embedded.postgres import embedded_postgres_server
from service.embedded.valkey import embedded_valkey_server
from tests.support.database import admin_connection, copied_database, url_of
from tests.support.up import temporary_home
from tests.support.valkey import connect_to

TEMPLATE = "ostraka_template"

# No test asserts a time, so Hypothesis may not, either.
settings.register_profile("whole", deadline=None)
settings.load_profile("whole")
# `make test-fast` chooses it by pytest's option --hypothesis-profile.
settings.register_profile("small", settings.get_profile("whole"), max_examples=3, stateful_step_count=10)


@pytest.fixture(scope="session")
def home() -> Generator[Home]:
    """A home folder that goes with the run."""
    with temporary_home() as folder:
        home = Home(folder)
        home.create()
        yield home


@pytest.fixture(scope="session")
def server_url(home: Home) -> Generator[str]:
    """A Postgres server, on a disk that need not outlive the machine."""
    with embedded_postgres_server(home, settings={"fsync": "off"}) as url:
        yield url


@pytest.fixture(scope="session")
def template(server_url: str) -> str:
    """The name of a migrated, empty database that each test's is copied from."""

    async def create() -> None:
        async with admin_connection(server_url) as connection:
            await connection.execute(f"CREATE DATABASE {TEMPLATE}")
        await migrate(url_of(server_url, TEMPLATE))

    asyncio.run(create())
    return TEMPLATE


@pytest.fixture
async def database_url(server_url: str, template: str) -> AsyncGenerator[str]:
    """A migrated, empty database."""
    async with copied_database(server_url, template) as url:
        yield url


@pytest.fixture
async def pool(database_url: str) -> AsyncGenerator[Pool]:
    """A pool as the application's, on the test's database."""
    async with create_pool(database_url, size_max=8) as pool:
        yield pool


@pytest.fixture
async def owner(database_url: str) -> AsyncGenerator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection as the database's owner, who may do what the application may not."""
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
def valkey_url(home: Home) -> Generator[str]:
    """A Valkey server."""
    with embedded_valkey_server(home) as url:
        yield url


@pytest.fixture
async def redis(valkey_url: str) -> AsyncGenerator[Redis]:
    """A client of that server."""
    async with connect_to(valkey_url) as client:
        yield client
