"""Owns the private folder of the servers' Unix sockets: in the home, or in the temporary folder."""

import hashlib
import os
import re
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from service.embedded.account import SystemAccount, hand_over
from service.embedded.home import Home
from service.errors import UnusableError

POSTGRES_SOCKET = ".s.PGSQL.5432"
VALKEY_SOCKET = "valkey.sock"
SOCKET_PATH_BYTES_MAX = 103  # sun_path without its final zero: 107 on Linux, 103 on macOS
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+@-]+")  # no URL parser changes these characters


def socket_folder(home: Home, account: SystemAccount | None) -> Path:
    """Create the folder, open to its owner only, and return it.

    Raises:
        UnusableError: Somebody else owns a folder of that name.
    """
    folder = choose_folder(home)
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    owners = {os.geteuid(), account.uid if account else os.geteuid()}
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in owners:
        message = f"the socket folder {folder} belongs to somebody else; choose a --home with a shorter path"
        raise UnusableError(message)
    folder.chmod(0o700)
    hand_over(folder, account)
    return folder


def forget_socket_folder(home: Home) -> None:
    """Delete the folder from the temporary folder, if it is there and empty."""
    folder = choose_folder(home)
    if folder != home.run:
        with suppress(OSError):
            folder.rmdir()


def choose_folder(home: Home) -> Path:
    """Choose the folder by the home's path only, so that every start with this home uses the same one."""
    digest = hashlib.sha256(os.fsencode(home.folder)).hexdigest()[:16]
    name = f"ostraka-{os.geteuid()}-{digest}"
    for folder in (home.run, Path(tempfile.gettempdir(), name)):
        if fits(folder):
            return folder
    return Path("/tmp", name)  # noqa: S108 - the folder is private and its owner is checked


def fits(folder: Path) -> bool:
    """Return whether paths of sockets in this folder work for the kernel and in a URL."""
    longest = os.fsencode(folder / POSTGRES_SOCKET)
    return len(longest) <= SOCKET_PATH_BYTES_MAX and PLAIN_PATH.fullmatch(str(folder)) is not None
