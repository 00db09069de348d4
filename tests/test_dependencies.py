"""Dependencies run one way: app → reports, importers → plugins → ledger.

Inside ledger acts → book → law → model → language → ground.
"""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT


def rooms(package: str, names: str, below: set[str]) -> dict[str, set[str]]:
    """Return what each room of a package may import: itself, those before it, and what is below the package.

    The package itself may import all of them.
    """
    lowest_first = [f"{package}.{name}" for name in names.split()]
    may = {room: {*lowest_first[: n + 1], *below} for n, room in enumerate(lowest_first)}
    return may | {package: {package, *lowest_first, *below}}


LEDGER = rooms("ledger", "ground language model law book acts", set())
PLUGINS = rooms("plugins", "rules", set(LEDGER))
BELOW = {*LEDGER, *PLUGINS}
IMPORTERS = rooms("importers", "ground formats learning matching plans", BELOW)
REPORTS = {"reports": {"reports", *BELOW}}
MAY_IMPORT = {**LEDGER, **PLUGINS, **IMPORTERS, **REPORTS}
MAY_IMPORT["app"] = {*MAY_IMPORT, "app"}
MODULES = [
    path
    for package in ("ledger", "plugins", "importers", "reports", "app")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "template" not in path.parts
]


def room_of(name: str) -> str:
    """Return the room that a dotted name is in, the deepest that has rules of its own; empty for what is not ours."""
    parts = name.split(".")
    return max((known for n in (1, 2) if (known := ".".join(parts[:n])) in MAY_IMPORT), key=len, default="")


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {room_of(name) for name in names} - {""}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_is_below_it(path: Path) -> None:
    assert imported(path) <= MAY_IMPORT[room_of(dotted(path))]


def test_the_walk_sees_every_room() -> None:
    assert {room_of(dotted(path)) for path in MODULES} == MAY_IMPORT.keys()


def test_modules_stay_small() -> None:
    """No module is longer than 400 lines: longer ones hold more than one idea."""
    long = {str(p.relative_to(ROOT)) for p in MODULES if len(p.read_text(encoding="utf-8").splitlines()) > 400}
    assert long == set()
