"""Asks a started API whether it is ready."""

import http.client
import socket
from http import HTTPStatus

REQUEST_TIMEOUT_S = 1.0
READY_PATH = "/health/ready"
LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - a name to translate, not to bind


def is_api_ready(listener: socket.socket) -> bool:
    """Tell whether whoever accepts on this socket says it is ready; takes REQUEST_TIMEOUT_S at most."""
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
