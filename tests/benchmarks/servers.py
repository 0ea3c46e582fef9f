"""Postgres, Valkey, API processes and a worker, started as in production."""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from secrets import token_hex
from signal import SIGKILL, SIGTERM
from subprocess import DEVNULL
from types import MappingProxyType

import asyncpg
from msgspec import Struct
from redis.asyncio import Redis

from events.hints import APPENDED
from service.cli.children import child_environment, is_api_ready
from service.embedded.home import Home
from service.embedded.postgres import embedded_postgres_server
from service.embedded.processes import spawn, stop
from service.embedded.valkey import embedded_valkey_server
from service.server.listening import bind_socket
from tests.benchmarks.load import ROOT
from tests.support.database import admin_connection, url_of

READY_S_MAX = 30.0
PAUSE_S = 0.02
STOP_STEPS = ((SIGTERM, 20.0),)
SECRET = token_hex(32)


class Machine(Struct, frozen=True):
    """The servers that everything is measured on: fsync is on, and all settings are the embedded ones."""

    server_url: str
    redis_url: str
    home: Home


class Api(Struct, frozen=True):
    """A running API process."""

    port: int
    pid: int


@contextmanager
def running_machine() -> Generator[Machine]:
    """Run Postgres and Valkey in a home folder that goes at the end."""
    with tempfile.TemporaryDirectory(prefix="ostraka-bench-", dir="/tmp") as folder:
        home = Home(Path(folder))
        home.create()
        with embedded_postgres_server(home) as server_url, embedded_valkey_server(home) as redis_url:
            yield Machine(server_url, redis_url, home)


@asynccontextmanager
async def copied(machine: Machine, template: str) -> AsyncGenerator[str]:
    """Provide the URL of a database that is a copy of another, which nobody may be connected to."""
    name = f"copy_{token_hex(4)}"
    async with admin_connection(machine.server_url) as connection:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield url_of(machine.server_url, name)
    async with admin_connection(machine.server_url) as connection:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment(machine: Machine, database_url: str) -> dict[str, str]:
    """Return what our processes are told."""
    return child_environment(database_url=database_url, redis_url=machine.redis_url, secret=SECRET)


@contextmanager
def running_api(
    machine: Machine,
    database_url: str,
    *,
    variant: str | None = None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Generator[Api]:
    """Run one API process, as it is or as one of the `variants`, with some more environment."""
    module: Sequence[str] = ["service"] if variant is None else ["tests.benchmarks.variants", variant]
    with bind_socket(host="127.0.0.1", port=0) as listener:
        process = spawn(
            [sys.executable, "-m", *module, "serve", "--fd", str(listener.fileno())],
            death_signal=SIGKILL,
            env={**environment(machine, database_url), **more},
            output=DEVNULL,
            cwd=ROOT,
            pass_fds=[listener.fileno()],
        )
        try:
            give_up_at = time.monotonic() + READY_S_MAX
            while not is_api_ready(listener):
                if process.poll() is not None or time.monotonic() > give_up_at:
                    message = f"the API process ({variant or 'as it is'}) did not become ready"
                    raise RuntimeError(message)
                time.sleep(PAUSE_S)
            yield Api(listener.getsockname()[1], process.pid)
        finally:
            stop(process, signals=STOP_STEPS)


@asynccontextmanager
async def running_worker(machine: Machine, database_url: str) -> AsyncGenerator[int]:
    """Run one worker process; yields its pid once it listens for hints."""
    process = spawn(
        [sys.executable, "-P", "-m", "workers"],
        death_signal=SIGKILL,
        env=environment(machine, database_url),
        output=DEVNULL,
    )
    try:
        async with Redis.from_url(machine.redis_url) as redis:  # pyright: ignore[reportUnknownMemberType] - redis-py leaves **kwargs untyped
            give_up_at = time.monotonic() + READY_S_MAX
            while not (await redis.pubsub_numsub(APPENDED))[0][1]:  # pyright: ignore[reportUnknownMemberType] - as above
                if process.poll() is not None or time.monotonic() > give_up_at:
                    message = "the worker did not become ready"
                    raise RuntimeError(message)
                await asyncio.sleep(PAUSE_S)
        yield process.pid
    finally:
        stop(process, signals=STOP_STEPS)


@asynccontextmanager
async def owner(database_url: str) -> AsyncGenerator["asyncpg.Connection[asyncpg.Record]"]:
    """Connect as the database's owner, who may do what the application may not."""
    connection = await asyncpg.connect(database_url)
    try:
        yield connection
    finally:
        await connection.close()
