import re
import socket
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from litestar.security.jwt import Token

from service.cli import COMMANDS
from service.cli.token import make_token
from service.errors import ServersError, UnusableError
from service.server.preflight import check_database, check_redis, without_password
from tests.support.up import ostraka

SECRET = "a secret of the unit tests, long enough"  # noqa: S105
NOW = datetime.now(UTC).replace(microsecond=0)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_a_token_carries_subject_role_and_times_and_nothing_else() -> None:
    token = make_token(role="moderator", subject="ann", secret=SECRET, now=NOW, days=2)
    claims = jwt.decode(token, SECRET, algorithms=["HS256"])
    expires = int((NOW + timedelta(days=2)).timestamp())
    assert claims == {"sub": "ann", "role": "moderator", "iat": int(NOW.timestamp()), "exp": expires}


def test_litestar_reads_the_role_from_a_token() -> None:
    token = make_token(role="voter", subject="ann", secret=SECRET, now=NOW, days=1)
    read = Token.decode(token, secret=SECRET, algorithm="HS256")
    assert (read.sub, read.extras) == ("ann", {"role": "voter"})


def test_the_token_command_prints_the_token_alone(tmp_path: Path) -> None:
    result = ostraka("token", "--role", "admin", "--subject", "ann", "--home", str(tmp_path / "home"))
    assert (result.returncode, result.stderr) == (0, "")
    secret = (tmp_path / "home" / "secret").read_text().strip()
    assert jwt.decode(result.stdout.strip(), secret, algorithms=["HS256"])["role"] == "admin"


def test_the_secret_of_the_environment_wins(tmp_path: Path) -> None:
    env = {"OSTRAKA_SECRET": SECRET, "OSTRAKA_HOME": str(tmp_path / "home")}
    result = ostraka("token", "--role", "voter", "--subject", "ann", env=env)
    assert jwt.decode(result.stdout.strip(), SECRET, algorithms=["HS256"])["sub"] == "ann"
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["up", "--port", "70000"], "'--port': 70000 is not in the range"),
        (["up", "--port", "ssh"], "'--port': 'ssh' is not a valid integer"),
        (["up", "--processes", "0"], "'--processes': 0 is not in the range"),
        (["up", "--nonsense"], "No such option"),
        (["up", "--home", __file__], "is a file"),
        (["serve"], "DATABASE_URL is not set"),
        (["worker"], "DATABASE_URL is not set"),
        (["migrate"], "DATABASE_URL is not set"),
        (["token", "--role", "king", "--subject", "x"], "'king' is not one of"),
        (["token", "--role", "voter"], "Missing option '--subject'"),
        (["token", "--role", "voter", "--subject", " "], "the subject is empty"),
    ],
)
def test_a_wrong_argument_is_one_line_and_exit_status_2(
    arguments: list[str], words: str, tmp_path: Path
) -> None:
    result = ostraka(*arguments, env={"OSTRAKA_HOME": str(tmp_path)})
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("ostraka: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


@pytest.mark.parametrize(
    ("secret", "words"),
    [("short", "is shorter than 32 bytes"), ("s" * 64, "has fewer than 5 different characters")],
)
def test_a_weak_secret_in_the_environment_is_refused(secret: str, words: str) -> None:
    result = ostraka("token", "--role", "voter", "--subject", "x", env={"OSTRAKA_SECRET": secret})
    assert result.returncode == 2
    assert result.stderr.startswith(f"ostraka: OSTRAKA_SECRET {words}")


@pytest.mark.parametrize("command", ["serve", "worker", "migrate"])
def test_a_database_out_of_reach_is_one_line_without_the_password_and_exit_status_1(command: str) -> None:
    port = closed_port()
    env = {
        "DATABASE_URL": f"postgresql://ann:hidden@127.0.0.1:{port}/db",
        "REDIS_URL": f"redis://127.0.0.1:{port}",
        "OSTRAKA_SECRET": SECRET,
    }
    result = ostraka(command, env=env)
    assert result.returncode == 1
    assert result.stderr.startswith(f"ostraka: cannot reach PostgreSQL at postgresql://127.0.0.1:{port}/db: ")
    assert result.stderr.count("\n") == 1
    assert "hidden" not in result.stderr


def test_help_names_the_commands() -> None:
    result = ostraka("--help")
    assert result.returncode == 0
    assert [name for name in COMMANDS if f"│ {name} " not in result.stdout] == []
    assert ostraka().stdout == result.stdout


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ann:pw@host:5432/db", "postgresql://host:5432/db"),
        ("postgresql://host/db?user=x&password=pw&ssl=on", "postgresql://host/db?user=x&&ssl=on"),
        ("redis://:pw@host", "redis://host"),
        ("unix:///run/valkey.sock", "unix:///run/valkey.sock"),
        ("postgresql://ann:p@w@host:5432/db", "postgresql://host:5432/db"),
        ("postgresql://ann:p#/?w@host/db?sslpassword=pw", "postgresql://host/db?"),
    ],
)
def test_a_url_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


@pytest.mark.parametrize("password", ["top@secret", "top#secret", "top/secret", "top?secret"])
@pytest.mark.parametrize(("check", "scheme"), [(check_database, "postgresql"), (check_redis, "redis")])
async def test_a_password_that_breaks_its_url_is_not_shown(
    check: Callable[[str], Awaitable[None]], scheme: str, password: str
) -> None:
    with pytest.raises((UnusableError, ServersError), match="write @ as %40") as refused:
        await check(f"{scheme}://u:{password}@127.0.0.1:1/0")
    assert not re.search("top|secret", str(refused.value))
