"""Runs the command under test as its users do: as a process, seen from outside."""

import http.client
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from tests.support.scratch import scratch_folder

OSTRAKA = (sys.executable, "-P", "-m", "service")
READY_S_MAX = 60.0
END_S_MAX = 60.0
PAUSE_S = 0.05
OWN_VARIABLES = ("DATABASE_URL", "REDIS_URL", "OSTRAKA_HOME", "OSTRAKA_SECRET")


class RunningUp:
    """An `ostraka up` that has said it is ready."""

    def __init__(self, process: subprocess.Popen[str], *, url: str, errors: Path) -> None:
        self.process = process
        self.url = url
        self.errors = errors

    def tree(self) -> list[psutil.Process]:
        """Return the supervisor and everything below it."""
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def part(self, word: str) -> psutil.Process:
        """Return the supervisor's child with that word, or a program of that name, in its command line."""
        for child in psutil.Process(self.process.pid).children():
            if is_running(child) and word in {Path(part).name for part in " ".join(child.cmdline()).split()}:
                return child
        raise LookupError(word)

    def finds(self, word: str) -> bool:
        """Tell whether there is such a child."""
        try:
            return self.part(word).pid > 0
        except LookupError:
            return False

    def end(self, stop_signal: signal.Signals) -> int:
        """Send the supervisor a signal and return its exit status."""
        self.process.send_signal(stop_signal)
        return self.process.wait(timeout=END_S_MAX)


@contextmanager
def temporary_home() -> Generator[Path]:
    """Provide a folder whose path is short enough for sockets and that another user may be let into."""
    folder = Path(tempfile.mkdtemp(prefix="ostraka-", dir=scratch_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_up(
    home: Path, *options: str, port: int = 0, env: Mapping[str, str] | None = None
) -> Generator[RunningUp]:
    """Start `ostraka up`, wait until it is ready, and make sure that nothing of it is left afterwards."""
    errors = home / f"terminal-{time.monotonic_ns()}"
    command = [*OSTRAKA, "up", "--home", str(home), "--port", str(port), *options]
    with errors.open("w") as stderr:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env=environment(env),
            start_new_session=True,
        )
    try:
        yield RunningUp(process, url=_wait_for_ready_line(process, errors), errors=errors)
    finally:
        _end_tree(process)


def ostraka(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*OSTRAKA, *arguments],
        capture_output=True,
        text=True,
        env=environment(env),
        timeout=READY_S_MAX,
        check=False,
    )


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment without what the command under test reads, plus some variables."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    return {**kept, **(more or {})}


def get(url: str, path: str = "/health/ready") -> int:
    """Return the status of a GET; raises OSError when nobody answers."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10.0)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def answers(url: str) -> bool:
    """Tell whether the service says it is ready."""
    try:
        return get(url) == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False


def wait_until(condition: Callable[[], bool], *, wait_s: float = READY_S_MAX) -> bool:
    """Wait for a condition; return whether it came true in time."""
    give_up_at = time.monotonic() + wait_s
    while time.monotonic() < give_up_at:
        if condition():
            return True
        time.sleep(PAUSE_S)
    return condition()


def is_running(process: psutil.Process) -> bool:
    """Tell whether a process still runs; a zombie does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def all_gone(processes: list[psutil.Process], *, wait_s: float = 10.0) -> bool:
    """Wait until none of the processes runs."""
    return wait_until(lambda: not any(map(is_running, processes)), wait_s=wait_s)


def _wait_for_ready_line(process: subprocess.Popen[str], errors: Path) -> str:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], READY_S_MAX)
    line = process.stdout.readline() if ready else ""
    assert line.startswith("ready at http://"), f"{line!r}; {errors.read_text()}"
    return line.removeprefix("ready at ").strip()


def _end_tree(process: subprocess.Popen[str]) -> None:
    processes = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=END_S_MAX)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=END_S_MAX)
    for child in filter(is_running, processes):
        child.kill()
    if process.stdout is not None:
        process.stdout.close()
