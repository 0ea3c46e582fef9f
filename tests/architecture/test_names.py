"""A public class, function or type has one name, and no other module uses it for something else."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.architecture.project import PACKAGES, ROOT

ENTRY_POINT = "main"


def public_names(module: ast.Module) -> Iterator[str]:
    """Name the classes, types and functions of a module; an address or a command names decorated ones."""
    for node in module.body:
        match node:
            case ast.ClassDef():
                yield node.name
            case ast.FunctionDef() | ast.AsyncFunctionDef() if not node.decorator_list:
                yield node.name
            case ast.Assign(targets=[ast.Name(id=name)]) if len(name) > 1 and not name.isupper():
                yield name
            case _:
                pass


def test_no_public_name_stands_in_two_modules_for_two_things() -> None:
    modules = defaultdict[str, list[str]](list)
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for name in public_names(ast.parse(path.read_text(encoding="utf-8"))):
                if not name.startswith("_") and name != ENTRY_POINT:
                    modules[name].append(str(path.relative_to(ROOT)))

    assert {name: paths for name, paths in modules.items() if len(paths) > 1} == {}
