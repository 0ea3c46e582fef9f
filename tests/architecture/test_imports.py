"""The arrows between the packages, and proof that the rule which guards them has teeth."""

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.architecture.project import BIN, PACKAGES, ROOT

REFUSED = (
    ("service", "workers"),
    ("workers", "service"),
    ("projections", "service"),
    ("projections", "workers"),
    ("events", "projections"),
    ("events", "service"),
    ("events", "workers"),
)
ALLOWED = (
    ("service", "projections"),
    ("service", "events"),
    ("workers", "projections"),
    ("workers", "events"),
    ("projections", "events"),
)


def lint_imports(directory: Path) -> subprocess.CompletedProcess[str]:
    command = [BIN / "lint-imports", "--no-cache"]
    return subprocess.run(command, cwd=directory, check=False, capture_output=True, text=True)


def house_with(tmp_path: Path, *imports: tuple[str, str]) -> Path:
    """Build the four packages anew with nothing in them but the imports named, under the real contract."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    for importer, imported in imports:
        (tmp_path / importer / f"uses_{imported}.py").write_text(f"import {imported}\n", encoding="utf-8")
    return tmp_path


def test_the_packages_import_along_the_arrows_only() -> None:
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout


def test_imports_along_the_arrows_are_allowed(tmp_path: Path) -> None:
    result = lint_imports(house_with(tmp_path, *ALLOWED))

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("importer", "imported"), REFUSED)
def test_an_import_against_the_arrows_is_refused(tmp_path: Path, importer: str, imported: str) -> None:
    result = lint_imports(house_with(tmp_path, (importer, imported)))

    assert result.returncode == 1
    assert f"{importer}.uses_{imported} -> {imported}" in result.stdout


def test_the_contract_knows_every_package_that_is_shipped() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]

    assert set(tool["importlinter"]["root_packages"]) == set(PACKAGES)
    assert set(tool["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(PACKAGES)
