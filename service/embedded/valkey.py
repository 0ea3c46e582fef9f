"""One Valkey server on a Unix socket. It stores nothing on disk: all it holds may vanish at any moment."""

import signal
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from service.embedded.account import SystemAccount, allow_traversal, hand_over, server_account
from service.embedded.home import Home
from service.embedded.leftovers import end_valkey
from service.embedded.processes import open_log, server_environment, spawn, stop, wait_until_ready
from service.embedded.sockets import VALKEY_SOCKET, socket_folder
from service.embedded.wheels import valkey_binary

PING_TIMEOUT_S = 1.0
PONG = b"+PONG"
VALKEY_SETTINGS = {"port": "0", "save": "", "appendonly": "no", "unixsocketperm": "700", "daemonize": "no"}


class ValkeyServer:
    """Starts, watches and stops one server. The caller must hold the home's lock."""

    READY_S_MAX: ClassVar = 30.0
    STOP_STEPS: ClassVar = ((signal.SIGTERM, 5.0),)

    def __init__(self, home: Home) -> None:
        self.folder = home.valkey
        self.log = home.logs / "valkey.log"
        self._home = home
        self._account: SystemAccount | None = None
        self._binary = Path()
        self._socket = Path()

    @property
    def url(self) -> str:
        """The server's URL. Call `prepare` first."""
        return f"unix://{self._socket}"

    def prepare(self) -> None:
        """Create what the server needs before its first start: account, binary, folders."""
        self._home.create()
        self._account = server_account(self._home.postgres)
        allow_traversal(self._home.folder, self._account)
        self._binary = valkey_binary(self._home, self._account)
        self._socket = socket_folder(self._home, self._account) / VALKEY_SOCKET
        self.folder.mkdir(mode=0o700, exist_ok=True)
        hand_over(self.folder, self._account)

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the server, after ending one that was left behind. It can be used once `is_ready`."""
        end_valkey(self.folder)
        self._socket.unlink(missing_ok=True)
        settings = {**VALKEY_SETTINGS, "unixsocket": str(self._socket), "dir": str(self.folder)}
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
        """Return whether the server answers. `spawn` has removed the socket of an earlier one."""
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
    """Run a server for the length of the block. The caller must hold the home's lock.

    Yields:
        Its URL, once it answers. redis-py and arq both take it.
    """
    server = ValkeyServer(home)
    server.prepare()
    process = server.spawn()
    try:
        wait_until_ready(process, server.is_ready, name="Valkey", log=server.log, wait_s=server.READY_S_MAX)
        yield server.url
    finally:
        stop(process, signals=server.STOP_STEPS)
