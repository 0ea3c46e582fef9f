"""The listening socket. The supervising process binds it once; the API processes inherit it."""

import errno
import socket
import time

from service.errors import UnusableError

BACKLOG = 2048
PORT_POLL_S = 0.05

UNSENT_BYTES_MAX = 64 * 1024
"""How much unsent data the kernel buffers for a client. By default it buffers megabytes for a slow reader;
data that waits in this process instead can still be replaced by newer documents."""


def bind_socket(*, host: str, port: int, patience_s: float = 0.0) -> socket.socket:
    """Bind a socket and listen on it.

    Connections wait in the backlog while no process accepts them, so a restart refuses nobody.

    Args:
        host: A name or an address, IPv4 or IPv6.
        port: From 0 to 65535; 0 takes any free port.
        patience_s: How long to wait for a port in use. The remains of a killed run release it in a moment.

    Raises:
        UnusableError: The service cannot listen there; the message says why.
    """
    family, address = _resolve(host, port)
    give_up_at = time.monotonic() + patience_s
    while True:
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES_MAX)
            listener.bind(address)
            listener.listen(BACKLOG)
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE or time.monotonic() >= give_up_at:
                raise UnusableError(_complaint(error, host=host, port=port)) from error
            time.sleep(PORT_POLL_S)
        else:
            return listener


def base_url(listener: socket.socket, *, host: str) -> str:
    """Return the URL of a listening socket: the host as the user named it, and the port it really has."""
    port: int = listener.getsockname()[1]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _resolve(host: str, port: int) -> tuple[int, tuple[str, int]]:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        message = f"cannot listen on {host}: no such host or address"
        raise UnusableError(message) from error
    return family, (str(address[0]), int(address[1]))


def _complaint(error: OSError, *, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is in use; choose another with --port"
    if error.errno == errno.EACCES:
        return f"the current user cannot listen on port {port}; choose one above 1023 with --port"
    return f"cannot listen on {host}: {error.strerror}"
