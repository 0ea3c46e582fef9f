"""One child process of the supervisor: its start, its output, its deaths and its stop."""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from service.embedded.processes import TAIL_LINES, StopSteps, log_tail

READ_BYTES = 65536
READS_MAX = 64
SHORT_LIFE_S = 5.0
BACKOFF_FIRST_S = 0.1
BACKOFF_S_MAX = 5.0


class Child:
    """A process that is started again when it dies.

    Args:
        spawn: Starts the process. If its output is a pipe, each line is copied to standard error after the
            child's name.
        stop_steps: Signals, each with the seconds it has to take effect. SIGKILL follows the last.
        is_ready: Returns, without waiting, whether the child can be used.
        needs: Children that must be ready before this one is started again.
        log: Where the process writes if its output is not a pipe.
    """

    def __init__(
        self,
        name: str,
        spawn: Callable[[], subprocess.Popen[bytes]],
        *,
        stop_steps: StopSteps,
        is_ready: Callable[[subprocess.Popen[bytes]], bool] | None = None,
        needs: Sequence["Child"] = (),
        log: Path | None = None,
    ) -> None:
        self.name = name
        self.process: subprocess.Popen[bytes] | None = None
        self.needs = needs
        self.failures = 0
        self.restart_at_s = 0.0
        self._spawn = spawn
        self._ready_test = is_ready
        self._stop_steps = stop_steps
        self._log = log
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._partial = b""
        self._started_at_s = 0.0

    def start(self) -> None:
        """Start the process."""
        self.process = self._spawn()
        self._started_at_s = time.monotonic()
        if self.process.stdout is not None:
            os.set_blocking(self.process.stdout.fileno(), False)

    def is_ready(self) -> bool:
        """Return whether the child can be used."""
        if self.process is None or self.process.poll() is not None:
            return False
        return self._ready_test is None or self._ready_test(self.process)

    def forward_output(self) -> None:
        """Copy what the process has written to standard error, each line after the child's name."""
        if self.process is None or self.process.stdout is None or self.process.stdout.closed:
            return
        for _ in range(READS_MAX):
            try:
                block = os.read(self.process.stdout.fileno(), READ_BYTES)
            except BlockingIOError:
                return
            if not block:
                self.process.stdout.close()
                self._emit(self._partial)
                self._partial = b""
                return
            *lines, self._partial = (self._partial + block).split(b"\n")
            for line in lines:
                self._emit(line)

    def reap(self, *, counts: bool) -> float:
        """Clean up after a dead process, and set when the next one may start.

        A death is a failure if the process lived for less than SHORT_LIFE_S and was not killed from outside:
        a broken program does not end with SIGKILL.

        Args:
            counts: False if another child's death explains this one.

        Returns:
            Seconds until the restart.
        """
        if self.process is None:
            return 0.0
        self.forward_output()
        if self.process.stdout is not None:
            self.process.stdout.close()
        now_s = time.monotonic()
        killed = self.process.returncode == -signal.SIGKILL
        if now_s - self._started_at_s >= SHORT_LIFE_S:
            self.failures = 0
        elif counts and not killed:
            self.failures += 1
        pause_s = min(BACKOFF_FIRST_S * 2**self.failures, BACKOFF_S_MAX)
        self.restart_at_s = now_s + pause_s
        self.process = None
        return pause_s

    def tail(self) -> list[str]:
        """Return the last lines that the process wrote."""
        return log_tail(self._log) if self._log else list(self._tail)

    def stop_steps(self) -> list[tuple[signal.Signals, float]]:
        """Return the signals that stop it. It cannot ignore the last one."""
        return [*self._stop_steps, (signal.SIGKILL, 10.0)]

    def _emit(self, line: bytes) -> None:
        if not line:
            return
        text = line.decode(errors="replace").rstrip("\r")
        self._tail.append(text)
        with suppress(OSError):
            sys.stderr.write(f"{self.name} | {text}\n")
            sys.stderr.flush()
