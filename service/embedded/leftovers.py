"""Ends servers that a killed run left behind. The caller must hold the home's lock."""

import signal
import time
from pathlib import Path

import psutil

from service.embedded.notes import note
from service.embedded.processes import StopSteps
from service.errors import ServersError

POLL_S = 0.02
POSTMASTER_STEPS = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
ORPHAN_STEPS = ((signal.SIGQUIT, 3.0), (signal.SIGKILL, 10.0))
VALKEY_STEPS = ((signal.SIGTERM, 5.0), (signal.SIGKILL, 10.0))


def end_postgres(data: Path) -> None:
    """End every PostgreSQL process that works in a data folder: first the postmaster, then stray backends.

    A backend that outlives its killed postmaster keeps the shared memory, and a new postmaster would refuse
    to start. The pid file is deleted too: its pid may be a zombie's, which PostgreSQL takes for alive.
    """
    working = _working_in(data, name="postgres")
    postmasters = [process for process in working if not _title(process).startswith("postgres:")]
    _end(postmasters, POSTMASTER_STEPS, what="PostgreSQL", where=data)
    _end(_working_in(data, name="postgres"), ORPHAN_STEPS, what="PostgreSQL", where=data)
    (data / "postmaster.pid").unlink(missing_ok=True)


def end_valkey(folder: Path) -> None:
    """End every Valkey server that works in a folder."""
    _end(_working_in(folder, name="valkey-server"), VALKEY_STEPS, what="Valkey", where=folder)


def _working_in(folder: Path, *, name: str) -> list[psutil.Process]:
    """Find processes by their working folder, which is the data folder for both servers."""
    return [
        process
        for process in psutil.process_iter(["name", "cwd"])
        if str(process.info["name"]).startswith(name) and process.info["cwd"] == str(folder)
    ]


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _end(processes: list[psutil.Process], steps: StopSteps, *, what: str, where: Path) -> None:
    alive = [process for process in processes if _is_alive(process)]
    if alive:
        pids = ", ".join(str(process.pid) for process in alive)
        note(f"ending {what} that an earlier run left behind in {where} (pid {pids})")
    for stop_signal, wait_s in steps:
        alive = _signal_and_wait(alive, stop_signal, wait_s=wait_s)
    if alive:
        message = f"{what} that an earlier run left behind does not end (pid {alive[0].pid})"
        raise ServersError(message)


def _signal_and_wait(
    processes: list[psutil.Process], stop_signal: signal.Signals, *, wait_s: float
) -> list[psutil.Process]:
    for process in processes:
        try:
            process.send_signal(stop_signal)
        except psutil.Error:
            continue
    give_up_at = time.monotonic() + wait_s
    alive = processes
    while alive and time.monotonic() < give_up_at:
        alive = [process for process in alive if _is_alive(process)]
        if alive:
            time.sleep(POLL_S)
    return alive


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
