"""`ostraka up` as its operator meets it: start, stop, accidents."""

import asyncio
import signal
import socket
from collections.abc import Generator
from pathlib import Path

import asyncpg
import pytest

from service.embedded.home import Home
from tests.support.up import (
    RunningUp,
    all_gone,
    answers,
    is_running,
    ostraka,
    running_up,
    temporary_home,
    wait_until,
)

PARTS = ("postgres", "valkey-server", "workers", "serve")


@pytest.fixture
def home() -> Generator[Path]:
    with temporary_home() as folder:
        yield folder


@pytest.fixture(scope="module")
def shared() -> Generator[RunningUp]:
    with temporary_home() as folder, running_up(folder) as up:
        yield up


def query(home: Path, statement: str) -> object:
    async def fetch() -> object:
        state = Home(home).read_state()
        assert state is not None
        connection = await asyncpg.connect(state.database_url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(fetch())


def test_it_prints_where_it_is_ready_and_answers_there(shared: RunningUp) -> None:
    assert answers(shared.url)


@pytest.mark.parametrize("word", PARTS)
def test_a_killed_part_comes_back(shared: RunningUp, word: str) -> None:
    before = shared.part(word)
    before.kill()
    assert all_gone([before])
    assert wait_until(lambda: shared.finds(word))
    assert shared.part(word).pid != before.pid
    assert wait_until(lambda: answers(shared.url))
    name = {"valkey-server": "valkey", "workers": "worker", "serve": "api"}.get(word, word)
    assert f"ostraka: {name} died (killed by SIGKILL), starting it again" in shared.errors.read_text()


def test_a_request_during_an_api_restart_is_answered_late_not_refused(shared: RunningUp) -> None:
    for _ in range(3):
        shared.part("serve").kill()
        with socket.create_connection(_address(shared.url), timeout=30.0) as connection:
            connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
            answer = _receive(connection)
        # Connections of the killed process are cut; those in the backlog get an answer.
        assert answer == b"" or answer.startswith(b"HTTP/1.1")
        assert wait_until(lambda: answers(shared.url))


def test_a_second_up_for_the_same_home_is_refused_in_one_line(shared: RunningUp) -> None:
    result = ostraka("up", "--home", str(shared.errors.parent), "--port", "0")
    assert result.returncode == 2
    assert result.stdout == ""
    expected = f"ostraka: already running for this home (pid {shared.process.pid}) at {shared.url}\n"
    assert result.stderr == expected


def test_a_port_in_use_is_refused_in_one_line(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = ostraka("up", "--home", str(home), "--port", str(port))
    assert result.returncode == 2
    assert result.stderr == f"ostraka: port {port} on 127.0.0.1 is in use; choose another with --port\n"


@pytest.mark.parametrize("stop_signal", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_exits_with_0_and_leaves_no_process(home: Path, stop_signal: signal.Signals) -> None:
    with running_up(home, "--processes", "2") as up:
        tree = up.tree()
        assert len(tree) > len(PARTS) + 1
        assert up.end(stop_signal) == 0
        assert not any(map(is_running, tree))
        assert Home(home).read_state() is None
        assert "died" not in up.errors.read_text()


def test_killed_itself_it_takes_its_children_along_and_a_second_one_finds_the_data(home: Path) -> None:
    with running_up(home) as up:
        query(home, "CREATE TABLE kept AS SELECT 42 AS number")
        tree, port = up.tree(), int(up.url.rsplit(":", 1)[1])
        up.end(signal.SIGKILL)
        with running_up(home, port=port) as second:
            assert answers(second.url)
            assert query(home, "SELECT number FROM kept") == 42
            assert all_gone(tree)


def _address(url: str) -> tuple[str, int]:
    host, port = url.removeprefix("http://").rsplit(":", 1)
    return host, int(port)


def _receive(connection: socket.socket) -> bytes:
    try:
        return connection.recv(64)
    except ConnectionResetError:
        return b""
