"""The system account that the servers run as when root starts them: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

import msgspec

from service.embedded.notes import note
from service.errors import UnusableError

ACCOUNT_NAME = "ostraka"
CREATE_TIMEOUT_S = 30.0


class SystemAccount(msgspec.Struct, frozen=True):
    """A user of the operating system and their group."""

    name: str
    uid: int
    gid: int


def server_account(data: Path) -> SystemAccount | None:
    """Choose the account that runs the servers.

    Returns:
        None for the current user. When the current user is root: the owner of the data, else ACCOUNT_NAME.

    Raises:
        UnusableError: Root needs an account and it could not be created.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return SystemAccount(name=_name_of(owner.st_uid), uid=owner.st_uid, gid=owner.st_gid)
    return _find() or _create()


def hand_over(path: Path, account: SystemAccount | None) -> None:
    """Make the account the owner of a folder."""
    if account is not None:
        os.chown(path, account.uid, account.gid)


def allow_traversal(folder: Path, account: SystemAccount | None) -> None:
    """Let the account reach a folder: add the search bit to each folder above it, and report each change.

    Raises:
        UnusableError: Somebody other than root owns a folder that the account cannot pass. They decide.
    """
    if account is None:
        return
    opened: list[str] = []
    for step in reversed([folder, *folder.parents]):
        status = step.stat()
        if _may_search(status, account):
            continue
        if status.st_uid != 0:
            message = (
                f"the account {account.name} cannot pass through {step}; choose another --home than {folder}"
            )
            raise UnusableError(message)
        step.chmod(stat.S_IMODE(status.st_mode) | stat.S_IXOTH)
        if step != folder:
            opened.append(str(step))
    if opened:
        note(
            f"added the search bit (o+x) to {', '.join(opened)}: the account {account.name} must pass through"
        )


def _may_search(status: os.stat_result, account: SystemAccount) -> bool:
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _find() -> SystemAccount | None:
    try:
        entry = pwd.getpwnam(ACCOUNT_NAME)
    except KeyError:
        return None
    return SystemAccount(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def _create() -> SystemAccount:
    reason = "neither useradd nor adduser is installed"
    for command in _create_commands():
        result = subprocess.run(  # noqa: S603 - a fixed command
            command, capture_output=True, text=True, timeout=CREATE_TIMEOUT_S, check=False
        )
        reason = " ".join(result.stderr.split()) or reason
    if account := _find():
        note(f"created the system account {ACCOUNT_NAME}: PostgreSQL refuses to run as root")
        return account
    message = (
        f"PostgreSQL refuses to run as root and the account {ACCOUNT_NAME} could not be created ({reason}); "
        "run as an ordinary user or set DATABASE_URL and REDIS_URL"
    )
    raise UnusableError(message)


def _create_commands() -> list[list[str]]:
    nologin = shutil.which("nologin", path="/usr/sbin:/sbin:/usr/bin:/bin") or "/bin/false"
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    if useradd := shutil.which("useradd", path=path):
        words = ["--system", "--user-group", "--no-create-home", "--shell", nologin, ACCOUNT_NAME]
        return [[useradd, *words]]
    addgroup, adduser = shutil.which("addgroup", path=path), shutil.which("adduser", path=path)
    if addgroup and adduser:  # busybox
        words = ["-S", "-D", "-H", "-G", ACCOUNT_NAME, "-s", nologin, ACCOUNT_NAME]
        return [[addgroup, "-S", ACCOUNT_NAME], [adduser, *words]]
    return []
