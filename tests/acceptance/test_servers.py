"""The servers that any command gets, and who stops them."""

import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import psutil
import pytest

from service.embedded.home import Home
from service.embedded.servers import servers
from tests.support.up import (
    READY_S_MAX,
    all_gone,
    environment,
    is_running,
    running_up,
    temporary_home,
)

USER = """
import signal, sys
from pathlib import Path
from service.embedded.home import Home
from service.embedded.servers import servers
signal.signal(signal.SIGINT, signal.SIG_IGN if sys.argv[2:] else signal.default_int_handler)
with servers(Home(Path(sys.argv[1]))) as urls:
    print(urls.database_url, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Generator[Home]:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    with temporary_home() as folder:
        yield Home(folder)


def use_servers(home: Home, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(home.folder), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def let_go(process: subprocess.Popen[str]) -> int:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.stdout.close()
    return process.wait(timeout=READY_S_MAX)


def test_servers_named_in_the_environment_are_used_as_they_are(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/db")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    with servers(home) as urls:
        assert (urls.database_url, urls.redis_url) == ("postgresql://elsewhere/db", "redis://elsewhere")
    assert not home.postgres.exists()


def test_only_the_server_that_is_not_named_is_embedded(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/db")
    with servers(home) as urls:
        assert urls.database_url == "postgresql://elsewhere/db"
        assert urls.redis_url == f"unix://{home.run}/valkey.sock"
    assert not home.postgres.exists()


def test_a_running_up_lends_its_servers_and_keeps_them(home: Home) -> None:
    with running_up(home.folder) as up:
        postgres = up.part("postgres")
        with servers(home) as urls:
            assert urls.database_url == f"postgresql://postgres@/ostraka?host={home.run}"
        assert is_running(postgres)


def test_servers_started_for_one_command_end_with_it(home: Home) -> None:
    user = use_servers(home)
    assert first_line(user).startswith("postgresql://")
    started = psutil.Process(user.pid).children(recursive=True)
    assert started
    assert let_go(user) == 0
    assert not any(map(is_running, started))
    assert home.read_state() is None


def test_a_command_waits_for_the_one_that_borrows_its_servers(home: Home) -> None:
    owner = use_servers(home)
    url = first_line(owner)
    borrower = use_servers(home)
    assert first_line(borrower) == url
    assert owner.stdin is not None
    owner.stdin.close()
    with pytest.raises(subprocess.TimeoutExpired):
        owner.wait(timeout=1.0)
    assert let_go(borrower) == 0
    assert let_go(owner) == 0


@pytest.mark.parametrize("stop_signal", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_command_leaves_no_server(home: Home, stop_signal: signal.Signals) -> None:
    user = use_servers(home)
    assert first_line(user)
    started = psutil.Process(user.pid).children(recursive=True)
    user.send_signal(stop_signal)
    assert let_go(user) != 0
    assert all_gone(started, wait_s=READY_S_MAX)


def test_a_command_in_a_scripts_background_can_be_stopped(home: Home) -> None:
    user = use_servers(home, "ignores Ctrl-C")
    assert first_line(user)
    started = psutil.Process(user.pid).children(recursive=True)
    user.terminate()
    assert let_go(user) != 0
    assert all_gone(started, wait_s=READY_S_MAX)


def test_a_home_too_deep_for_sockets_works_all_the_same(home: Home) -> None:
    deep = Home(home.folder / ("deep" * 30))
    with servers(deep) as urls:
        socket = Path(urls.redis_url.removeprefix("unix://"))
        assert socket.exists()
        assert "deep" not in str(socket)
    assert not socket.parent.exists()
