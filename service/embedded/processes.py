"""Starts and stops child processes that never outlive their parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from service.embedded.account import SystemAccount
from service.errors import ServersError

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
KILLED_WAIT_S = 10.0
READY_POLL_S = 0.02
LOG_BYTES_MAX = 16 * 1024 * 1024
TAIL_BYTES = 4096
TAIL_LINES = 5
KEPT_VARIABLES = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH")
Output = int | IO[bytes]
StopSteps = Sequence[tuple[signal.Signals, float]]
"""Signals to send in turn, each with the seconds it has to take effect."""


def spawn(
    command: Sequence[str | Path],
    *,
    death_signal: signal.Signals,
    env: Mapping[str, str],
    output: Output,
    cwd: Path = Path("/"),
    account: SystemAccount | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C reaches only the parent.

    On Linux the kernel sends the child `death_signal` when the thread that called this ends, so call it from
    the main thread. On other systems the children of a killed parent live on; the next start ends them.
    """
    return subprocess.Popen(  # noqa: S603 - the commands are our own
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd=cwd,
        env=dict(env),
        start_new_session=True,
        pass_fds=pass_fds,
        preexec_fn=die_with_parent(death_signal),  # noqa: PLW1509 - it makes two system calls and nothing else
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=() if account else None,
    )


def die_with_parent(death_signal: signal.Signals = signal.SIGKILL) -> Callable[[], None] | None:
    """Make the function that a child runs between fork and exec; None where the system has no death signals.

    The C library is loaded here, before the fork. A change of user clears the setting, but subprocess changes
    users before it calls this function. If the parent died before the setting was made, the child sees
    another parent pid and ends.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.PyDLL(None).prctl
    parent_pid = os.getpid()
    signal_number = int(death_signal)

    def ask_the_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent_pid:
            os._exit(1)

    return ask_the_kernel


def stop(process: subprocess.Popen[bytes], *, signals: StopSteps) -> int:
    """Send each signal in turn and wait its seconds; at last send SIGKILL. Return the exit status."""
    for stop_signal, wait_s in signals:
        if process.poll() is None:
            process.send_signal(stop_signal)
        try:
            return process.wait(timeout=wait_s)
        except subprocess.TimeoutExpired:
            continue
    process.kill()
    return process.wait(timeout=KILLED_WAIT_S)


def describe_status(status: int) -> str:
    """Describe an exit status in words: `exit status 3`, `killed by SIGKILL`."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"killed by signal {-status}"


def wait_until_ready(
    process: subprocess.Popen[bytes],
    is_ready: Callable[[subprocess.Popen[bytes]], bool],
    *,
    name: str,
    log: Path,
    wait_s: float,
) -> None:
    """Wait for a server that was just started.

    Raises:
        ServersError: It ended (the message holds the end of its log), or the time was up.
    """
    give_up_at = time.monotonic() + wait_s
    while time.monotonic() < give_up_at:
        if is_ready(process):
            return
        if (status := process.poll()) is not None:
            message = f"{name} did not start ({describe_status(status)}): {' | '.join(log_tail(log))}"
            raise ServersError(message)
        time.sleep(READY_POLL_S)
    message = f"{name} was not ready within {wait_s:.0f} s; see {log}"
    raise ServersError(message)


def server_environment() -> dict[str, str]:
    """Return the variables that a server needs. Others, such as PGOPTIONS, could change what it does."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, "LC_ALL": "C"}


def open_log(path: Path) -> IO[bytes]:
    """Open a log for appending. A full log is renamed first."""
    if path.exists() and path.stat().st_size > LOG_BYTES_MAX:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab", buffering=0)


def log_tail(path: Path) -> list[str]:
    """Read the last few lines of a log."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL_BYTES))
            return file.read().decode(errors="replace").splitlines()[-TAIL_LINES:]
    except OSError:
        return []
