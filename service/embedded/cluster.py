"""Makes the PostgreSQL data folder, complete or not at all."""

import os
import shutil
import subprocess
from pathlib import Path

from service.embedded.account import Account, give
from service.embedded.leftovers import end_postgres
from service.embedded.processes import die_with_parent, server_environment
from service.errors import ServersError, UnusableError

DATABASE = "ostraka"
SUPERUSER = "postgres"
MAJOR_VERSION = "18"
INITDB_TIMEOUT_S = 300.0
COMPLAINT_CHARS_MAX = 300


def ensure_cluster(data: Path, *, binaries: Path, account: Account | None) -> None:
    """Make the data folder with its one database unless it is there.

    It is made under another name and renamed when complete: a killed run leaves nothing that looks finished.
    Sorting is by code point (the builtin C.UTF-8), the same on every system and in every later version.

    Raises:
        UnusableError: The folder is another major version's, or no data folder at all.
        ServersError: `initdb` failed.
    """
    if data.exists():
        _check_version(data)
        return
    draft = data.with_name(f"{data.name}.new")
    if draft.exists():
        end_postgres(draft)
        shutil.rmtree(draft)
    draft.mkdir(mode=0o700)
    give(draft, account)
    initdb = [binaries / "initdb", "--pgdata", draft, "--username", SUPERUSER, "--auth", "trust"]
    locale = [
        "--encoding",
        "UTF8",
        "--locale-provider",
        "builtin",
        "--builtin-locale",
        "C.UTF-8",
        "--locale",
        "C",
    ]
    _run([*initdb, *locale], account=account)
    single = [binaries / "postgres", "--single", "-D", draft, "-c", "exit_on_error=true", "postgres"]
    _run(single, account=account, text=f"CREATE DATABASE {DATABASE}\n")
    draft.rename(data)
    _sync(data.parent)


def _check_version(data: Path) -> None:
    try:
        found = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{data} is no PostgreSQL data folder"
        raise UnusableError(message) from error
    if found != MAJOR_VERSION:
        message = (
            f"{data} belongs to PostgreSQL {found}, and this is {MAJOR_VERSION}; export with the old version"
        )
        raise UnusableError(message)


def _run(command: list[str | Path], *, account: Account | None, text: str = "") -> None:
    result = subprocess.run(  # noqa: S603 - our own binaries
        command,
        input=text.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        env=server_environment(),
        timeout=INITDB_TIMEOUT_S,
        start_new_session=True,
        preexec_fn=die_with_parent(),
        check=False,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=() if account else None,
    )
    if result.returncode != 0:
        complaint = " ".join(result.stdout.decode(errors="replace").split())[-COMPLAINT_CHARS_MAX:]
        message = f"the PostgreSQL data folder could not be made: {Path(command[0]).name}: {complaint}"
        raise ServersError(message)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
