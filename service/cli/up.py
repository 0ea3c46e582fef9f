"""`ostraka up`: runs the whole service, on embedded servers unless the environment names others."""

import asyncio
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

import click
from rich_click import RichCommand

from service.cli import options
from service.cli.children import api_children, child_environment, is_api_ready, worker_child
from service.cli.output import configure_logs
from service.embedded.child import Child
from service.embedded.home import Home, find_home
from service.embedded.interrupts import Interrupts
from service.embedded.postgres import PostgresServer
from service.embedded.servers import LOCK, ServerUrls
from service.embedded.sockets import forget_socket_folder
from service.embedded.supervisor import Supervisor
from service.embedded.valkey import ValkeyServer
from service.errors import UnusableError
from service.server.listening import base_url, bind_socket
from service.server.migrate import migrate_database
from service.server.preflight import check_redis
from service.server.settings import read_anonymous_votes, read_public_url, read_secret

LOCK_WAIT_S = 1.5  # a killed holder needs a moment to end
PORT_PATIENCE_S = 5.0
API_READY_S_MAX = 120.0


@click.command("up", cls=RichCommand)
@options.home
@options.host
@options.port
@options.processes
def command(*, home_folder: Path | None, host: str, port: int, processes: int) -> None:
    """Run everything: PostgreSQL and Valkey, the API and the worker.

    Prints `ready at http://HOST:PORT` when the API is ready. Ctrl-C stops everything in order; the data stays
    in the home folder. If DATABASE_URL or REDIS_URL is set, that server is used instead of an embedded one.
    """
    configure_logs()
    run_everything(find_home(home_folder), host=host, port=port, processes=processes)


def run_everything(home: Home, *, host: str, port: int, processes: int) -> None:
    """Run everything until SIGINT or SIGTERM, and leave nothing running.

    Raises:
        UnusableError: The home, the port or a setting cannot be used, or another command uses the home.
        ServersError: A child did not start, or keeps dying.
    """
    # The API reads these settings too, but a bad one would kill it again at each restart.
    _ = read_public_url(), read_anonymous_votes()
    home.create()
    with home.hold(LOCK, wait_s=LOCK_WAIT_S) as owned:
        if not owned:
            raise UnusableError(_describe_holder(home))
        was_killed = home.clear_state()
        with (
            bind_socket(host=host, port=port, patience_s=PORT_PATIENCE_S if was_killed else 0.0) as listener,
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
    supervisor.start(worker_child(env=env, needs=needs))
    supervisor.start(*api_children(listener, processes=processes, env=env, needs=needs))
    complaint = "the API did not say it was ready"
    if supervisor.wait_until(lambda: is_api_ready(listener), what=complaint, wait_s=API_READY_S_MAX):
        with suppress(OSError):
            sys.stdout.write(f"ready at {url}\n")
            sys.stdout.flush()
        supervisor.run()


async def _migrate(urls: ServerUrls) -> None:
    await check_redis(urls.redis_url)
    await migrate_database(urls.database_url)


def _start_servers(supervisor: Supervisor, home: Home) -> tuple[ServerUrls | None, list[Child]]:
    """Start each server that the environment does not name. Return no URLs if a stop was asked for."""
    database_url, redis_url = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    children: list[Child] = []
    if not database_url:
        postgres = PostgresServer(home)
        postgres.prepare()
        database_url = postgres.url
        children.append(_server_child("postgres", postgres))
    if not redis_url:
        valkey = ValkeyServer(home)
        valkey.prepare()
        redis_url = valkey.url
        children.append(_server_child("valkey", valkey))
    for child in children:
        supervisor.start(child)
    usable = supervisor.wait_until(
        lambda: all(child.is_ready() for child in children),
        what="PostgreSQL and Valkey did not start",
        wait_s=PostgresServer.READY_S_MAX,
    )
    return ServerUrls(database_url=database_url, redis_url=redis_url) if usable else None, children


def _server_child(name: str, server: PostgresServer | ValkeyServer) -> Child:
    return Child(name, server.spawn, stop_steps=server.STOP_STEPS, is_ready=server.is_ready, log=server.log)


def _describe_holder(home: Home) -> str:
    state = home.read_state()
    if state is None:
        return f"another command is starting or stopping with {home.folder}; try again in a moment"
    if state.api_url is None:
        return f"another command (pid {state.pid}) is using {home.folder}; wait for it to end"
    return f"already running for this home (pid {state.pid}) at {state.api_url}"
