"""The API processes and the worker, as parts to supervise."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence

from service.embedded.parts import Part
from service.embedded.processes import spawn

API_STOP_STEPS = ((signal.SIGTERM, 15.0),)
WORKER_STOP_STEPS = ((signal.SIGTERM, 20.0),)
PYTHON = (sys.executable, "-P", "-m")  # -P: a folder that happens to be called service is not the package


def child_environment(*, database_url: str, redis_url: str, secret: str) -> dict[str, str]:
    """Lay what the children need to know over this process's environment."""
    known = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "OSTRAKA_SECRET": secret}
    return {**os.environ, **known, "PYTHONUNBUFFERED": "1"}


def api_parts(
    listener: socket.socket, *, processes: int, env: Mapping[str, str], needs: Sequence[Part] = ()
) -> list[Part]:
    """Describe API processes that accept on one socket.

    Their death signal is SIGKILL: whatever is left of a killed run has to let go of the port.
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
    return [Part(name, start, stop_steps=API_STOP_STEPS, needs=needs) for name in names]


def worker_part(*, env: Mapping[str, str], needs: Sequence[Part] = ()) -> Part:
    """Describe the worker."""

    def start() -> subprocess.Popen[bytes]:
        return spawn([*PYTHON, "workers"], death_signal=signal.SIGKILL, env=env, output=subprocess.PIPE)

    return Part("worker", start, stop_steps=WORKER_STOP_STEPS, needs=needs)
