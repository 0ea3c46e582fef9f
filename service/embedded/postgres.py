"""One PostgreSQL server on a Unix socket, its data in the home."""

import signal
import subprocess
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from service.embedded.account import SystemAccount, allow_traversal, server_account
from service.embedded.cluster import DATABASE, SUPERUSER, ensure_cluster
from service.embedded.home import Home
from service.embedded.leftovers import end_postgres
from service.embedded.processes import open_log, server_environment, spawn, stop, wait_until_ready
from service.embedded.sockets import socket_folder
from service.embedded.wheels import postgres_binaries

STATUS_LINE = 7  # of postmaster.pid, counted from 0: LOCK_FILE_LINE_PM_STATUS in PostgreSQL's pidfile.h
POSTGRES_SETTINGS = {
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
    """Starts, watches and stops one server. The caller must hold the home's lock."""

    READY_S_MAX: ClassVar = 600.0  # recovery after a crash replays up to max_wal_size
    STOP_STEPS: ClassVar = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 5.0))  # fast, then immediate shutdown

    def __init__(self, home: Home, *, settings: Mapping[str, str] | None = None) -> None:
        self.data = home.postgres
        self.log = home.logs / "postgres.log"
        self._home = home
        self._settings = {**POSTGRES_SETTINGS, **(settings or {})}
        self._account: SystemAccount | None = None
        self._binaries = Path()
        self._sockets = Path()

    @property
    def url(self) -> str:
        """The database's URL. Call `prepare` first."""
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(self._sockets))}"

    def prepare(self) -> None:
        """Create what the server needs before its first start: account, binaries, folders, data."""
        self._home.create()
        self._account = server_account(self.data)
        allow_traversal(self._home.folder, self._account)
        self._binaries = postgres_binaries(self._home, self._account)
        self._sockets = socket_folder(self._home, self._account)
        ensure_cluster(self.data, binaries=self._binaries, account=self._account)

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the server, after ending one that was left behind. It can be used once `is_ready`."""
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
        """Return whether the server accepts connections: like pg_ctl, by what postmaster.pid says."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return False
        if len(lines) <= STATUS_LINE:
            return False
        return lines[0].strip() == str(process.pid) and lines[STATUS_LINE].strip() == "ready"


@contextmanager
def embedded_postgres_server(home: Home, *, settings: Mapping[str, str] | None = None) -> Generator[str]:
    """Run a server for the length of the block. The caller must hold the home's lock.

    Args:
        home: Where its data is, or will be.
        settings: Server settings that replace or join POSTGRES_SETTINGS; tests turn fsync off.

    Yields:
        The URL of the database, once it accepts connections.
    """
    server = PostgresServer(home, settings=settings)
    server.prepare()
    process = server.spawn()
    try:
        wait_until_ready(
            process, server.is_ready, name="PostgreSQL", log=server.log, wait_s=server.READY_S_MAX
        )
        yield server.url
    finally:
        stop(process, signals=server.STOP_STEPS)
