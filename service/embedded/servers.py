"""Finds both servers for a command: in the environment, in a running `up`, or by starting them."""

import os
import signal
import threading
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from types import FrameType

import msgspec

from service.embedded.home import Home, HomeState
from service.embedded.notes import note
from service.embedded.postgres import PostgresServer, embedded_postgres_server
from service.embedded.sockets import forget_socket_folder
from service.embedded.valkey import embedded_valkey_server
from service.errors import ServersError

LOCK = "lock"
USERS = "users"
HOLDER_WAIT_S_MAX = PostgresServer.READY_S_MAX + 60.0  # a starting `up` may recover, then migrate
HOLDER_POLL_S = 0.1
NOTICE_AFTER_S = 2.0
USERS_WAIT_S_MAX = 24 * 3600.0


class ServerUrls(msgspec.Struct, frozen=True, kw_only=True):
    """The addresses of PostgreSQL and Valkey."""

    database_url: str
    redis_url: str


@contextmanager
def servers(home: Home) -> Generator[ServerUrls]:
    """Provide both servers for the length of the block.

    DATABASE_URL and REDIS_URL come first, each for its server. Without them, the command uses the servers of
    a running `up` with the same home, or of another command that started some; that command waits for this
    block before it stops them. Otherwise the servers are started here, and stopped at the end of the block.

    Raises:
        ServersError: The servers did not start, or the lock's holder did not say where they are.
    """
    database_url, redis_url = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    if database_url and redis_url:
        yield ServerUrls(database_url=database_url, redis_url=redis_url)
        return
    home.create()
    give_up_at = time.monotonic() + HOLDER_WAIT_S_MAX
    while time.monotonic() < give_up_at:
        with home.hold(LOCK) as owned:
            if owned:
                with _own(home, database_url=database_url, redis_url=redis_url) as urls:
                    yield urls
                return
        with _borrow(home) as state:
            if state is not None:
                yield ServerUrls(
                    database_url=database_url or state.database_url, redis_url=redis_url or state.redis_url
                )
                return
        time.sleep(HOLDER_POLL_S)
    message = f"another command holds {home.folder} and has not said where its servers are"
    raise ServersError(message)


@contextmanager
def _borrow(home: Home) -> Generator[HomeState | None]:
    """Keep another command's servers running for the block; None while they start or stop."""
    with home.hold(USERS, shared=True) as using:
        yield home.read_state() if using else None


@contextmanager
def _own(home: Home, *, database_url: str | None, redis_url: str | None) -> Generator[ServerUrls]:
    home.clear_state()
    with _orderly_termination(), ExitStack() as stack:
        stack.callback(forget_socket_folder, home)
        if redis_url is None:
            redis_url = stack.enter_context(embedded_valkey_server(home))
        if database_url is None:
            database_url = stack.enter_context(embedded_postgres_server(home))
        stack.enter_context(_lend(home, database_url=database_url, redis_url=redis_url))
        yield ServerUrls(database_url=database_url, redis_url=redis_url)


@contextmanager
def _lend(home: Home, *, database_url: str, redis_url: str) -> Generator[None]:
    """Tell other commands where the servers are; at the end, wait for those who still use them."""
    home.write_state(database_url=database_url, redis_url=redis_url)
    try:
        yield
    finally:
        home.clear_state()
        with home.hold(USERS, wait_s=NOTICE_AFTER_S) as alone:
            if not alone:
                note(
                    "another command still uses the database of this one; waiting for it (Ctrl-C stops both)"
                )
                with home.hold(USERS, wait_s=USERS_WAIT_S_MAX):
                    pass


@contextmanager
def _orderly_termination() -> Generator[None]:
    """Treat SIGTERM like Ctrl-C within the block, so that the servers are stopped on the way out."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_signal_number: int, _frame: FrameType | None) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a script's shell starts background commands so
        raise KeyboardInterrupt
    signal.raise_signal(signal.SIGINT)
