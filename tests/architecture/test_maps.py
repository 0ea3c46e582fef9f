"""The docstring of each package is its map: one line for each of its modules and packages."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.project import ROOT

MAPPED: Final = ("events", "projections", "workers", "service")
LINE: Final = re.compile(r"^- `(\w+)`  +\S", re.MULTILINE)


def members(package: Path) -> set[str]:
    """Name the public modules and packages that stand in a package."""
    modules = {path.stem for path in package.glob("*.py")}
    packages = {path.parent.name for path in package.glob("*/__init__.py")}
    return {name for name in modules | packages if not name.startswith("_")}


PACKAGES: Final = sorted(
    path.parent for root in MAPPED for path in (ROOT / root).rglob("__init__.py") if members(path.parent)
)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: ".".join(path.relative_to(ROOT).parts))
def test_a_packages_map_names_each_of_its_members_once_and_nothing_else(package: Path) -> None:
    docstring = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert sorted(LINE.findall(docstring)) == sorted(members(package))
