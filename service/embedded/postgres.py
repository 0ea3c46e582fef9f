"""One PostgreSQL server on a Unix socket, its data in the home."""

import signal
import subprocess
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from service.embedded.account import Account, open_way, server_account
from service.embedded.cluster import DATABASE, SUPERUSER, ensure_cluster
from service.embedded.home import Home
from service.embedded.leftovers import end_postgres
from service.embedded.processes import open_log, server_environment, spawn, stop, wait_until_ready
from service.embedded.sockets import socket_folder
from service.embedded.wheels import postgres_binaries

READY_S_MAX = 600.0  # recovery after a crash replays up to max_wal_size
STOP_STEPS = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 5.0))  # fast, then immediate shutdown
STATUS_LINE = 7  # of postmaster.pid, counted from 0: LOCK_FILE_LINE_PM_STATUS in PostgreSQL's pidfile.h
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class PostgresServer:
    """Starts, watches and stops one server; its owner holds the home's lock."""

    def __init__(self, home: Home, *, settings: Mapping[str, str] | None = None) -> None:
        self.data = home.postgres
        self.log = home.logs / "postgres.log"
        self._home = home
        self._settings = {**SETTINGS, **(settings or {})}
        self._account: Account | None = None
        self._binaries = Path()
        self._sockets = Path()

    @property
    def url(self) -> str:
        """The database's URL, known once `prepare` returned."""
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(self._sockets))}"

    def prepare(self) -> None:
        """Make whatever the server needs before its first start: account, binaries, folders, data."""
        self._home.create()
        self._account = server_account(self.data)
        open_way(self._home.folder, self._account)
        self._binaries = postgres_binaries(self._home, self._account)
        self._sockets = socket_folder(self._home, self._account)
        ensure_cluster(self.data, binaries=self._binaries, account=self._account)

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the server, ending what an earlier one left; it is usable once `is_ready` says so."""
        end_postgres(self.data)
        socket_list = '"{}"'.format(str(self._sockets).replace('"', '""'))
        settings = {**self._settings, "unix_socket_directories": socket_list}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with open_log(self.log) as log:
            return spawn(
                [self._binaries / "postgres", "-D", self.data, *options],
                death_signal=signal.SIGINT,
                env=server_environment(),
                output=log,
                account=self._account,
            )

    def is_ready(self, process: subprocess.Popen[bytes]) -> bool:
        """Tell whether connections are accepted as pg_ctl does: by the pid and status in postmaster.pid."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return False
        if len(lines) <= STATUS_LINE:
            return False
        return lines[0].strip() == str(process.pid) and lines[STATUS_LINE].strip() == "ready"


@contextmanager
def embedded_postgres_server(home: Home, *, settings: Mapping[str, str] | None = None) -> Generator[str]:
    """Run a server for the length of the block; its caller sees to it that nobody else runs one there.

    Args:
        home: Where its data is, or will be.
        settings: Server settings laid over SETTINGS; tests may turn fsync off.

    Yields:
        The URL of the database, once it accepts connections.
    """
    server = PostgresServer(home, settings=settings)
    server.prepare()
    process = server.spawn()
    try:
        wait_until_ready(process, server.is_ready, name="PostgreSQL", log=server.log, wait_s=READY_S_MAX)
        yield server.url
    finally:
        stop(process, signals=STOP_STEPS)
