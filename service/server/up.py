"""What `ostraka up` does: the whole service from one command, on its own servers unless others are named."""

import asyncio
import os
import socket
import sys
from contextlib import suppress

from service.embedded.children import api_parts, child_environment, worker_part
from service.embedded.health import is_api_ready
from service.embedded.home import Home
from service.embedded.interrupts import Interrupts
from service.embedded.listening import base_url, listen
from service.embedded.parts import Part
from service.embedded.postgres import READY_S_MAX as POSTGRES_READY_S_MAX
from service.embedded.postgres import STOP_STEPS as POSTGRES_STOP_STEPS
from service.embedded.postgres import PostgresServer
from service.embedded.servers import LOCK, ServerUrls
from service.embedded.sockets import forget_socket_folder
from service.embedded.supervisor import Supervisor
from service.embedded.valkey import STOP_STEPS as VALKEY_STOP_STEPS
from service.embedded.valkey import ValkeyServer
from service.errors import UnusableError
from service.server.migrate import migrate_database
from service.server.preflight import check_redis
from service.server.settings import read_anonymous_votes, read_public_url, read_secret

LOCK_WAIT_S = 1.5  # a killed holder may need a moment to end
PORT_PATIENCE_S = 5.0
API_READY_S_MAX = 120.0


def up(home: Home, *, host: str, port: int, processes: int) -> None:
    """Run everything until SIGINT or SIGTERM, and leave nothing running.

    Raises:
        UnusableError: The home or the port is taken, or cannot be used, or a setting cannot.
        ServersError: A part did not start, or keeps dying.
    """
    # The API reads them, too; but it would die of them once for each try.
    _ = read_public_url(), read_anonymous_votes()
    home.create()
    with home.hold(LOCK, wait_s=LOCK_WAIT_S) as owned:
        if not owned:
            raise UnusableError(_describe_holder(home))
        was_killed = home.clear_state()
        with (
            listen(host=host, port=port, patience_s=PORT_PATIENCE_S if was_killed else 0.0) as listener,
            Interrupts() as interrupts,
        ):
            supervisor = Supervisor(interrupts)
            try:
                _run(
                    supervisor,
                    home,
                    listener=listener,
                    url=base_url(listener, host=host),
                    processes=processes,
                )
            finally:
                home.clear_state()
                supervisor.stop()
                forget_socket_folder(home)


def _run(supervisor: Supervisor, home: Home, *, listener: socket.socket, url: str, processes: int) -> None:
    secret = read_secret(home)
    urls, needs = _start_servers(supervisor, home)
    if urls is None:
        return
    asyncio.run(_migrate(urls))
    home.write_state(database_url=urls.database_url, redis_url=urls.redis_url, api_url=url)
    env = child_environment(database_url=urls.database_url, redis_url=urls.redis_url, secret=secret)
    supervisor.start(worker_part(env=env, needs=needs))
    supervisor.start(*api_parts(listener, processes=processes, env=env, needs=needs))
    complaint = "the API did not say it was ready"
    if supervisor.wait_until(lambda: is_api_ready(listener), what=complaint, wait_s=API_READY_S_MAX):
        with suppress(OSError):
            sys.stdout.write(f"ready at {url}\n")
            sys.stdout.flush()
        supervisor.run()


async def _migrate(urls: ServerUrls) -> None:
    await check_redis(urls.redis_url)
    await migrate_database(urls.database_url)


def _start_servers(supervisor: Supervisor, home: Home) -> tuple[ServerUrls | None, list[Part]]:
    """Start whichever server the environment does not name; no URLs when a stop was asked for meanwhile."""
    database_url, redis_url = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    parts: list[Part] = []
    if not database_url:
        postgres = PostgresServer(home)
        postgres.prepare()
        database_url = postgres.url
        parts.append(_server_part("postgres", postgres))
    if not redis_url:
        valkey = ValkeyServer(home)
        valkey.prepare()
        redis_url = valkey.url
        parts.append(_server_part("valkey", valkey))
    for part in parts:
        supervisor.start(part)
    usable = supervisor.wait_until(
        lambda: all(part.is_ready() for part in parts),
        what="PostgreSQL and Valkey did not start",
        wait_s=POSTGRES_READY_S_MAX,
    )
    return ServerUrls(database_url=database_url, redis_url=redis_url) if usable else None, parts


def _server_part(name: str, server: PostgresServer | ValkeyServer) -> Part:
    steps = POSTGRES_STOP_STEPS if isinstance(server, PostgresServer) else VALKEY_STOP_STEPS
    return Part(name, server.spawn, stop_steps=steps, is_ready=server.is_ready, log=server.log)


def _describe_holder(home: Home) -> str:
    state = home.read_state()
    if state is None:
        return f"another command is starting or stopping with {home.folder}; try again in a moment"
    if state.api_url is None:
        return f"another command (pid {state.pid}) is using {home.folder}; wait for it to end"
    return f"already running for this home (pid {state.pid}) at {state.api_url}"
