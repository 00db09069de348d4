"""Errors have one base, and the drawing of them is complete."""

import ast

from ledger.ground import errors
from tests.conftest import ROOT


def test_every_error_has_the_base_and_stands_in_the_drawing() -> None:
    found = {"VfundError": "Exception"}
    for room in ("ledger", "plugins", "importers", "reports", "app"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
                    found[node.name] = ast.unparse(node.bases[0])
    assert {base for name, base in found.items() if name != "VfundError"} <= set(found)
    drawing = str(errors.__doc__)
    assert [name for name in found if name not in drawing] == []


def test_what_cannot_be_read_is_a_value_error_too() -> None:
    assert issubclass(errors.InvalidAmountError, errors.VfundError)
    assert issubclass(errors.InvalidAmountError, ValueError)


def test_a_refusal_says_what_is_wrong() -> None:
    error = errors.RefusedEntryError("no", [])
    assert (str(error), error.findings) == ("no", [])
