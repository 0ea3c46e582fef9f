"""Creates the PostgreSQL data folder, in one step that cannot be half done."""

import os
import shutil
import subprocess
from pathlib import Path

from service.embedded.account import SystemAccount, hand_over
from service.embedded.leftovers import end_postgres
from service.embedded.processes import die_with_parent, server_environment
from service.errors import ServersError, UnusableError

DATABASE = "ostraka"
SUPERUSER = "postgres"
MAJOR_VERSION = "18"
INITDB_TIMEOUT_S = 300.0
COMPLAINT_CHARS_MAX = 300


def ensure_cluster(data: Path, *, binaries: Path, account: SystemAccount | None) -> None:
    """Create the data folder with its one database, unless the folder exists.

    The folder is made under a temporary name and renamed when it is complete, so a killed run leaves nothing
    that looks finished. Text sorts by code point (the builtin C.UTF-8): that order is the same on every
    system and in every later version.

    Raises:
        UnusableError: The folder belongs to another major version, or is not a data folder.
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
    hand_over(draft, account)
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
        message = f"{data} is not a PostgreSQL data folder"
        raise UnusableError(message) from error
    if found != MAJOR_VERSION:
        message = (
            f"{data} belongs to PostgreSQL {found}, but this version of ostraka runs {MAJOR_VERSION}; "
            "export the events with the old version"
        )
        raise UnusableError(message)


def _run(command: list[str | Path], *, account: SystemAccount | None, text: str = "") -> None:
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
        message = f"the PostgreSQL data folder could not be created: {Path(command[0]).name}: {complaint}"
        raise ServersError(message)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
