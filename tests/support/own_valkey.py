"""A Valkey that nobody starts again but the test."""

import signal
import subprocess
from pathlib import Path

from service.embedded.home import Home
from service.embedded.processes import stop, wait_until_ready
from service.embedded.valkey import ValkeyServer

SECONDS_TO_START = 30.0


class Valkey:
    """A server in a home folder of its own."""

    def __init__(self, home: Path) -> None:
        self._server = ValkeyServer(Home(home))
        self._server.prepare()
        self.url = self._server.url
        self.process: subprocess.Popen[bytes]

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = self._server.spawn()
        wait_until_ready(
            self.process,
            self._server.is_ready,
            name="Valkey",
            log=self._server.log,
            wait_s=SECONDS_TO_START,
        )

    def kill(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.wait()

    def hang(self) -> None:
        """Let it accept and say nothing more."""
        self.process.send_signal(signal.SIGSTOP)

    def end(self) -> None:
        """Make sure that it is gone."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            stop(self.process, signals=ValkeyServer.STOP_STEPS)
