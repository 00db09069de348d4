"""Dependencies run one way: app → reports, importers → plugins → ledger."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

MAY_IMPORT = {
    "ledger": {"ledger"},
    "plugins": {"ledger", "plugins"},
    "importers": {"ledger", "plugins", "importers"},
    "reports": {"ledger", "plugins", "reports"},
    "app": {"ledger", "plugins", "importers", "reports", "app"},
}
MODULES = [p for package in MAY_IMPORT for p in sorted((ROOT / package).rglob("*.py")) if "template" not in p.parts]


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_is_below_it(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    assert (imported(path) & MAY_IMPORT.keys()) <= MAY_IMPORT[package]


def test_the_walk_sees_every_package() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == MAY_IMPORT.keys()


def test_modules_stay_small() -> None:
    """A module above 250 lines needs a reason, written here."""
    reasons = {
        "ledger/language/models.py": "one model per directive",
        "importers/readers/mt940.py": "one message, from its cut to its lines",
        "importers/readers/camt.py": "one message, from its balances down to its payments",
        "importers/planning.py": "what becomes of a line, from the file to the assertion",
        "importers/matching/matcher.py": "the four readings of a credit, one after the other",
        "app/commands/match.py": "one command with its questions",
        "app/recording.py": "one way to record, from the options to what is said at the end",
        "ledger/compose.py": "one function for each kind of entry",
    }
    long = {str(p.relative_to(ROOT)) for p in MODULES if len(p.read_text(encoding="utf-8").splitlines()) > 250}
    assert long == reasons.keys()
