"""Finds a place for the servers' data of tests: in memory if there is enough. It may go with the run."""

import os
import shutil
from pathlib import Path
from typing import Final

import psutil

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - only the folder; each home in it has a name of its own
DISK: Final = Path("/tmp")  # noqa: S108 - short enough for the paths of sockets, which a TMPDIR may not be
ROOM_BYTES_MIN: Final = 6 * 2**30
"""Several times what the homes of all workers hold at once."""


def scratch_folder() -> Path:
    """Return the folder to make homes in."""
    return MEMORY if _has_room() and _runs_programs() else DISK


def _has_room() -> bool:
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        return False
    return min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available) > ROOM_BYTES_MIN


def _runs_programs() -> bool:
    """Tell whether programs may run there; as root the servers run from a copy in their home."""
    return not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
