"""`ostraka serve`: runs the API alone, in this process or in several under a supervisor."""

import asyncio
import logging
import os
import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
import uvicorn
from rich_click import RichCommand

from service.app import create_app
from service.cli import options
from service.cli.children import api_children, child_environment
from service.cli.output import configure_logs
from service.embedded.home import find_home
from service.embedded.interrupts import Interrupts
from service.embedded.notes import note
from service.embedded.supervisor import Supervisor
from service.http.sse import Streams
from service.server.garbage_collection import collect_rarely
from service.server.listening import BACKLOG, base_url, bind_socket
from service.server.preflight import check_servers
from service.server.settings import Settings, read_settings
from service.server.uvicorn_server import Connection, Server, allow_many_connections

DRAIN_S_MAX = 5
TRUSTED_PROXIES = "FORWARDED_ALLOW_IPS"
"""The variable from which uvicorn reads which proxies to trust for a client's address and scheme."""


@click.command("serve", cls=RichCommand)
@options.home
@options.host
@options.port
@options.processes
@click.option("--fd", type=click.IntRange(0), hidden=True, help="Accept on this inherited socket.")
def command(*, home_folder: Path | None, host: str, port: int, processes: int, fd: int | None) -> None:
    """Run the API alone, against DATABASE_URL and REDIS_URL.

    OSTRAKA_URL is the site's address for readers, OSTRAKA_ANONYMOUS_VOTES=allow lets people without an
    account vote, and FORWARDED_ALLOW_IPS names the proxies to trust.

    After SIGTERM or Ctrl-C, requests in progress finish first.
    """
    settings = read_settings(find_home(home_folder))
    signal.signal(signal.SIGTERM, _leave)
    asyncio.run(check_servers(database_url=settings.database_url, redis_url=settings.redis_url))
    if fd is not None:
        _serve(settings, _inherit(fd))
    with bind_socket(host=host, port=port) as listener:
        note(f"listening at {base_url(listener, host=host)}")
        if processes == 1:
            _serve(settings, listener)
        _supervise(settings, listener, processes=processes)


def _serve(settings: Settings, listener: socket.socket) -> NoReturn:
    configure_logs()
    # When uvicorn has stopped, it raises the signal that stopped it again.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    streams = Streams()
    config = uvicorn.Config(
        create_app(settings, streams),
        http=Connection,
        loop="uvloop",
        ws="none",
        lifespan="on",
        backlog=BACKLOG,
        access_log=False,
        log_config=None,
        log_level=logging.WARNING,
        proxy_headers=TRUSTED_PROXIES in os.environ,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_S_MAX,
    )
    allow_many_connections()
    collect_rarely()
    Server(config, streams).run(sockets=[listener])
    sys.exit(0)


def _supervise(settings: Settings, listener: socket.socket, *, processes: int) -> None:
    env = child_environment(
        database_url=settings.database_url, redis_url=settings.redis_url, secret=settings.secret
    )
    with Interrupts() as interrupts:
        supervisor = Supervisor(interrupts)
        try:
            supervisor.start(*api_children(listener, processes=processes, env=env))
            supervisor.run()
        finally:
            supervisor.stop()


def _inherit(descriptor: int) -> socket.socket:
    try:
        return socket.socket(fileno=descriptor)
    except OSError as error:
        message = f"file descriptor {descriptor} is not a socket"
        raise click.UsageError(message) from error


def _leave(_signal_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)
