"""Every file in the repository is short enough to read, and the same on any machine."""

import os
import re

import pytest

from tests.architecture.project import ROOT, tracked_files

LINES_MAX = 249

MACHINE_PATH = re.compile(r"(?<![\w.-])/(?:work|root|home|Users|opt/wheels|opt/pypi[\w-]*)/[\w.-]")
PACKAGE_INDEX = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|deb\.debian\.org|crates\.io|proxy\.golang\.org",
    re.IGNORECASE,
)


def places(pattern: re.Pattern[str]) -> list[str]:
    """Name every line of a tracked file that the pattern occurs on."""
    return [
        f"{path}:{number}: {line.strip()}"
        for path in tracked_files()
        for number, line in enumerate((ROOT / path).read_text("utf-8", "replace").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_path_of_one_machine() -> None:
    assert places(MACHINE_PATH) == []


def test_no_file_names_the_host_of_a_package_index() -> None:
    assert places(PACKAGE_INDEX) == []


@pytest.mark.parametrize("parts", [("work", "main"), ("root", ".cache"), ("home", "ada"), ("Users", "ada")])
def test_a_path_of_one_machine_is_recognised(parts: tuple[str, str]) -> None:
    path = "/" + "/".join(parts)

    assert MACHINE_PATH.search(f"open('{path}/log')")
    assert not MACHINE_PATH.search(f"https://example.org{path}")


@pytest.mark.parametrize(
    "host", [("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org")]
)
def test_the_host_of_a_package_index_is_recognised(host: tuple[str, ...]) -> None:
    assert PACKAGE_INDEX.search(f"https://{'.'.join(host)}/simple")


def test_every_module_is_short_enough_to_read_in_one_go() -> None:
    lines = {
        str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines())
        for path in tracked_files()
        if path.suffix in {".py", ".sql"}
    }

    assert {path: count for path, count in lines.items() if count > LINES_MAX} == {}


def test_the_ci_script_can_be_started() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
