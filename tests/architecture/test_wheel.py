"""The wheel carries the whole program: a missing SQL file would show only where it is installed."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.architecture.project import PACKAGES, ROOT, tracked_files


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    directory = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", directory]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = directory.glob("ostraka-*.whl")
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_of_every_package(wheel_names: set[str]) -> None:
    shipped = {path.as_posix() for path in tracked_files() if path.parts[0] in PACKAGES}

    assert shipped - wheel_names == set()


def test_the_wheel_holds_nothing_but_the_packages(wheel_names: set[str]) -> None:
    tops = {Path(name).parts[0] for name in wheel_names}

    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
