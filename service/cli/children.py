"""Starts the API processes and the worker as children of a supervisor, and asks whether the API is ready."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from service.embedded.child import Child
from service.embedded.processes import spawn

API_STOP_STEPS = ((signal.SIGTERM, 15.0),)
WORKER_STOP_STEPS = ((signal.SIGTERM, 20.0),)
REQUEST_TIMEOUT_S = 1.0
READY_PATH = "/health/ready"
LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - a name to translate, not to bind
PYTHON = (sys.executable, "-P", "-m")  # -P: a folder named service in the working folder is not the package


def child_environment(*, database_url: str, redis_url: str, secret: str) -> dict[str, str]:
    """Return this process's environment with the servers' URLs and the secret added."""
    known = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "OSTRAKA_SECRET": secret}
    return {**os.environ, **known, "PYTHONUNBUFFERED": "1"}


def api_children(
    listener: socket.socket, *, processes: int, env: Mapping[str, str], needs: Sequence[Child] = ()
) -> list[Child]:
    """Describe API processes that accept on one socket.

    Their death signal is SIGKILL: the remains of a killed run must release the port.
    """
    descriptor = listener.fileno()

    def start() -> subprocess.Popen[bytes]:
        return spawn(
            [*PYTHON, "service", "serve", "--fd", str(descriptor)],
            death_signal=signal.SIGKILL,
            env=env,
            output=subprocess.PIPE,
            pass_fds=[descriptor],
        )

    names = ["api"] if processes == 1 else [f"api {number}" for number in range(1, processes + 1)]
    return [Child(name, start, stop_steps=API_STOP_STEPS, needs=needs) for name in names]


def worker_child(*, env: Mapping[str, str], needs: Sequence[Child] = ()) -> Child:
    """Describe the worker."""

    def start() -> subprocess.Popen[bytes]:
        return spawn([*PYTHON, "workers"], death_signal=signal.SIGKILL, env=env, output=subprocess.PIPE)

    return Child("worker", start, stop_steps=WORKER_STOP_STEPS, needs=needs)


def is_api_ready(listener: socket.socket) -> bool:
    """Ask the process that accepts on this socket whether it is ready; wait REQUEST_TIMEOUT_S at most."""
    address = listener.getsockname()
    host, port = str(address[0]), int(address[1])
    connection = http.client.HTTPConnection(LOOPBACK.get(host, host), port, timeout=REQUEST_TIMEOUT_S)
    try:
        connection.request("GET", READY_PATH)
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
