"""Owns the home folder: its layout, its secret, its locks and the state file of whoever holds the lock."""

import fcntl
import os
import secrets
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import psutil
from platformdirs import user_state_path

from service.errors import UnusableError

SECRET_BYTES = 32
SECRET_CHARACTERS_MIN = 5
OTHERS_MAY = 0o077
LOCK_PAUSE_S = 0.02


class HomeState(msgspec.Struct, frozen=True, kw_only=True):
    """The state that the holder of the lock tells other commands.

    Attributes:
        pid: The holder's process.
        started_at: When that process began, as psutil reports it. It tells the holder from a reused pid.
        api_url: Set by `up` only. A command that runs servers for itself has no API.
    """

    database_url: str
    redis_url: str
    pid: int
    started_at: float
    api_url: str | None = None

    def is_alive(self) -> bool:
        """Return whether the process that wrote this state still runs."""
        return self.pid == os.getpid() or started_at(self.pid) == self.started_at


class Home(msgspec.Struct, frozen=True):
    """The layout of a home folder. The constructor touches no file; `create` makes the folders."""

    folder: Path

    @property
    def postgres(self) -> Path:
        """PostgreSQL's data folder."""
        return self.folder / "postgres"

    @property
    def valkey(self) -> Path:
        """Valkey's working folder. Nothing in it has to survive."""
        return self.folder / "valkey"

    @property
    def run(self) -> Path:
        """The folder of the Unix sockets, if its path is short enough for them."""
        return self.folder / "run"

    @property
    def logs(self) -> Path:
        """The logs of the embedded servers."""
        return self.folder / "logs"

    @property
    def binaries(self) -> Path:
        """Copies of the servers' binaries, made when the account cannot run the originals."""
        return self.folder / "binaries"

    def create(self) -> None:
        """Create the folder, readable by its owner only.

        Raises:
            UnusableError: The path is a file, or the current user cannot write there.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.logs.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            message = f"cannot use {self.folder} as home folder: {error.strerror}"
            raise UnusableError(message) from error
        if not os.access(self.folder, os.R_OK | os.W_OK | os.X_OK):
            message = f"cannot use {self.folder} as home folder: the current user cannot write there"
            raise UnusableError(message)

    def secret(self) -> str:
        """Read the secret that signs local tokens. Create it first if the folder has none.

        Processes that ask at the same time all get the same secret: the file is linked into place complete.
        """
        self.create()
        path = self.folder / "secret"
        draft = self.folder / f".secret-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            if not path.exists():
                _write_private(draft, secrets.token_hex(SECRET_BYTES) + "\n")
                _link_unless_there(draft, path)
            secret = path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            message = f"cannot read the secret in {path}: {getattr(error, 'strerror', None) or 'not text'}"
            raise UnusableError(message) from error
        if weakness := weakness_of(secret):
            message = f"the secret in {path} {weakness}; delete it to get a new one"
            raise UnusableError(message)
        if path.stat().st_mode & OTHERS_MAY:
            message = f"the secret in {path} can be read by others; run chmod 600 {path}"
            raise UnusableError(message)
        return secret

    def read_state(self) -> HomeState | None:
        """Read the state of the lock's holder; None if nobody holds it, or the holder is still starting."""
        try:
            state = msgspec.json.decode(self._state_path.read_bytes(), type=HomeState)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return state if state.is_alive() else None

    def write_state(self, *, database_url: str, redis_url: str, api_url: str | None = None) -> None:
        """Tell other commands where the servers are. The file is replaced in one step."""
        pid = os.getpid()
        state = HomeState(
            database_url=database_url,
            redis_url=redis_url,
            pid=pid,
            started_at=started_at(pid) or 0.0,
            api_url=api_url,
        )
        draft = self._state_path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        _write_private(draft, msgspec.json.encode(state).decode())
        draft.replace(self._state_path)

    def clear_state(self) -> bool:
        """Delete the state.

        Returns:
            Whether there was any. If so, right after the lock was taken, then the last holder was killed.
        """
        found = self._state_path.exists()
        self._state_path.unlink(missing_ok=True)
        return found

    @property
    def _state_path(self) -> Path:
        return self.folder / "state.json"

    @contextmanager
    def hold(self, name: str, *, shared: bool = False, wait_s: float = 0.0) -> Generator[bool]:
        """Try for `wait_s` seconds to take the lock of that name.

        The kernel releases the lock when this process ends, even if it is killed.

        Yields:
            Whether the lock is held.
        """
        descriptor = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield _flock(descriptor, shared=shared, wait_s=wait_s)
        finally:
            os.close(descriptor)


def find_home(folder: Path | None = None) -> Home:
    """Choose the home: the given folder, else OSTRAKA_HOME, else the system's folder for state."""
    chosen = folder or os.environ.get("OSTRAKA_HOME") or user_state_path("ostraka", use_site_for_root=True)
    return Home(Path(chosen).expanduser().resolve())


def started_at(pid: int) -> float | None:
    """Return when a process began, in seconds since the epoch; None if it has ended or is a zombie."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.Error:
        return None


def _flock(descriptor: int, *, shared: bool, wait_s: float) -> bool:
    operation = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    give_up_at = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(descriptor, operation)
        except BlockingIOError:
            if time.monotonic() >= give_up_at:
                return False
            time.sleep(LOCK_PAUSE_S)
        else:
            return True


def weakness_of(secret: str) -> str | None:
    """Say what makes a secret too weak to sign with; None if nothing does."""
    if len(secret.encode()) < SECRET_BYTES:
        return f"is shorter than {SECRET_BYTES} bytes"
    if len(set(secret)) < SECRET_CHARACTERS_MIN:
        return f"has fewer than {SECRET_CHARACTERS_MIN} different characters, so it can be guessed"
    return None


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def _link_unless_there(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
