"""The tests stand in the rooms of what they test.

Where a module is, there is a test of its name, and no test is imported.
"""

import ast
from pathlib import Path

import pytest

from plugins.rules import SCHEMA
from tests.conftest import ROOT, TESTS

MODULES = [
    path
    for package in ("ledger", "plugins/rules")
    for path in sorted((ROOT / package).rglob("*.py"))
    if path.name != "__init__.py" and not {"template", "pledge_lifecycle"} & set(path.parts)
]
"""What has a test of its own; `pledge_lifecycle` is one rule in several files."""


def imports(path: Path) -> set[str]:
    """Return the dotted names that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_imported_by_the_test_of_its_name(path: Path) -> None:
    place = path.relative_to(ROOT)
    test = TESTS / place.parent / f"test_{place.name}"
    assert test.exists(), f"{place} has no test of its own: write {test.relative_to(ROOT)}"
    assert ".".join(place.with_suffix("").parts) in imports(test)


def test_no_test_is_imported() -> None:
    files = (path for path in TESTS.rglob("*.py") if "broken" not in path.parts)
    wrong = {
        str(path.relative_to(ROOT)): names
        for path in files
        if (names := {name for name in imports(path) if name.startswith("tests.") and ".test_" in name})
    }
    assert wrong == {}


@pytest.mark.parametrize("rule", SCHEMA.terms)
def test_every_rule_that_a_book_may_speak_of_is_shown_on_a_broken_book(rule: str) -> None:
    kind = "StructuralRule" if rule in SCHEMA.structure else "DatedRule"
    assert f"tests.rules.{kind}" in imports(TESTS / "plugins" / "rules" / f"test_{rule.replace('-', '_')}.py")
