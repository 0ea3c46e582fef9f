"""What `make up` installs is a part of what `make test` installs, and no more than running needs."""

import re
import subprocess

import pytest

from tests.architecture.project import ROOT

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; (.*?))? \\$", re.MULTILINE)


def pins(file: str) -> set[tuple[str, str]]:
    found = PIN.findall((ROOT / file).read_text(encoding="utf-8"))
    return {(name, version) for name, version, marker in found if marker != "sys_platform == 'win32'"}


def commands(target: str) -> str:
    """Say what make would run if nothing were installed."""
    command = ["make", "--dry-run", "--always-make", target]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-build.txt"])
def test_tests_run_with_the_versions_that_the_service_runs_with(file: str) -> None:
    assert pins(file)
    assert pins(file) <= pins("requirements-dev.txt")


@pytest.mark.parametrize("target", ["up", "setup"])
def test_running_installs_no_test_tools(target: str) -> None:
    installed = commands(target)

    assert "--require-hashes -r requirements.txt -r requirements-build.txt" in installed
    assert "requirements-dev.txt" not in installed


@pytest.mark.parametrize("target", ["test", "check", "format", "bench", "lock"])
def test_working_on_the_code_installs_the_tools_after_the_rest(target: str) -> None:
    installed = commands(target)

    assert 0 < installed.index("-r requirements.txt") < installed.index("-r requirements-dev.txt")
