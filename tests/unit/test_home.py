import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from service.embedded.home import Home, find_home
from service.embedded.sockets import SOCKET_PATH_BYTES_MAX, choose_folder, fits
from service.errors import UnusableError

RACER = """
import sys
from pathlib import Path
from service.embedded.home import Home
print(Home(Path(sys.argv[1])).secret())
"""
RACERS = 6


def test_the_secret_stays_the_same_and_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = home.secret()
    assert len(bytes.fromhex(first)) == 32
    assert home.secret() == first
    assert stat.S_IMODE((home.folder / "secret").stat().st_mode) == 0o600


def test_processes_that_make_the_secret_at_once_end_with_the_same_one(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RACER, str(tmp_path / "home")]
    racers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(RACERS)]
    secrets = {racer.communicate(timeout=60)[0] for racer in racers}
    assert len(secrets) == 1
    assert sorted(path.name for path in (tmp_path / "home").iterdir()) == ["logs", "secret"]


@pytest.mark.parametrize(
    ("secret", "mode", "words"),
    [
        ("short\n", 0o600, "shorter than 32 bytes"),
        ("s" * 64, 0o600, "fewer than 5 different characters"),
        ("a secret that is long enough to sign with\n", 0o644, "can be read by others"),
    ],
)
def test_a_secret_that_others_know_or_guess_is_refused(
    tmp_path: Path, secret: str, mode: int, words: str
) -> None:
    path = tmp_path / "secret"
    path.write_text(secret)
    path.chmod(mode)
    with pytest.raises(UnusableError, match=words):
        Home(tmp_path).secret()


def test_a_file_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnusableError, match="as home folder"):
        Home(tmp_path / "file").create()


def test_the_folder_given_wins_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSTRAKA_HOME", str(tmp_path / "from-environment"))
    assert find_home(tmp_path / "given").folder == tmp_path / "given"
    assert find_home().folder == tmp_path / "from-environment"


def test_the_lock_is_held_by_one_at_a_time_and_free_afterwards(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.hold("lock") as first, home.hold("lock") as second:
        assert (first, second) == (True, False)
    with home.hold("lock") as third:
        assert third


def test_a_shared_lock_is_held_by_many_but_beside_no_exclusive_one(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.hold("users", shared=True) as first, home.hold("users", shared=True) as second:
        assert (first, second) == (True, True)
        with home.hold("users") as exclusive:
            assert not exclusive


def test_the_state_of_a_process_that_is_gone_counts_for_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.write_state(database_url="postgresql://", redis_url="redis://", api_url="http://127.0.0.1:8000")
    state = home.read_state()
    assert state is not None
    assert (state.pid, state.api_url) == (os.getpid(), "http://127.0.0.1:8000")
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    text = (tmp_path / "state.json").read_text().replace(str(os.getpid()), str(ended.pid), 1)
    (tmp_path / "state.json").write_text(text)
    assert home.read_state() is None


def test_sockets_live_in_the_home_unless_its_path_is_too_long_or_odd(tmp_path: Path) -> None:
    assert choose_folder(Home(Path("/srv/ostraka"))) == Path("/srv/ostraka/run")
    for odd in (
        Path("/srv") / ("x" * SOCKET_PATH_BYTES_MAX),
        Path("/srv/a b"),
        Path("/srv/a,b"),
        Path("/srv/é"),
    ):
        chosen = choose_folder(Home(odd))
        assert chosen == choose_folder(Home(odd))
        assert chosen.name.startswith("ostraka-")
        assert fits(chosen)
    assert choose_folder(Home(tmp_path / "a b")) != choose_folder(Home(tmp_path / "a,b"))
