"""The arrows between the packages and the rooms of `service`, and proof that the rules can refuse."""

import shutil
import subprocess
import tomllib
from pathlib import Path

from tests.architecture.project import BIN, PACKAGES, ROOT

REFUSED = (
    ("service.cli", "workers"),
    ("workers", "service"),
    ("projections", "service"),
    ("projections", "workers"),
    ("events", "projections"),
    ("events", "service"),
    ("events", "workers"),
    ("service.embedded", "service.http"),
    ("service.http", "service.server"),
    ("service.server", "service.cli"),
    ("service.server", "service.pages"),
    ("service.reads", "service.views"),
    ("service.views", "service.pages"),
    ("service.cli", "service.pages"),
    ("service.cli", "service.routes"),
    ("service.routes", "service.pages"),
    ("service.commands", "service.embedded"),
    ("service.pages.rendering", "service.pages.sharing"),
    ("service.pages.tool", "service.pages.compare"),
)
ALLOWED = (
    ("service.cli", "projections"),
    ("service.cli", "events"),
    ("workers", "projections"),
    ("workers", "events"),
    ("projections", "events"),
)


def lint_imports(directory: Path) -> subprocess.CompletedProcess[str]:
    command = [BIN / "lint-imports", "--no-cache"]
    return subprocess.run(command, cwd=directory, check=False, capture_output=True, text=True)


def rooms() -> list[str]:
    """Name the rooms of `service` and of its pages: their folders and modules, as paths."""
    return [
        path.relative_to(ROOT).with_suffix("").as_posix()
        for folder in ("service", "service/pages")
        for path in (ROOT / folder).iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
    ]


def house_with(tmp_path: Path, *imports: tuple[str, str]) -> Path:
    """Build the packages and the rooms of `service`, with these imports alone, under the real contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in (*PACKAGES, *rooms()):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    for importer, imported in imports:
        uses = tmp_path / importer.replace(".", "/") / f"uses_{imported.rpartition('.')[-1]}.py"
        uses.write_text(f"import {imported}\n", encoding="utf-8")
    return tmp_path


def test_the_packages_import_along_the_arrows_only() -> None:
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout


def test_imports_along_the_arrows_are_allowed(tmp_path: Path) -> None:
    result = lint_imports(house_with(tmp_path, *ALLOWED))

    assert result.returncode == 0, result.stdout


def test_imports_against_the_arrows_are_refused(tmp_path: Path) -> None:
    result = lint_imports(house_with(tmp_path, *REFUSED))

    assert result.returncode == 1
    lines = [
        f"{importer}.uses_{imported.rpartition('.')[-1]} -> {imported}" for importer, imported in REFUSED
    ]
    assert [line for line in lines if line not in result.stdout] == []


def test_a_new_room_of_service_has_to_take_its_place(tmp_path: Path) -> None:
    house = house_with(tmp_path)
    (house / "service" / "cellar.py").touch()
    result = lint_imports(house)

    assert result.returncode == 1
    assert "cellar" in result.stdout


def test_the_contract_knows_every_package_that_is_shipped() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]

    assert set(tool["importlinter"]["root_packages"]) == set(PACKAGES)
    assert set(tool["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(PACKAGES)
