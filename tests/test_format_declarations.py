"""A format is one file and one line.

Its declaration is all that recognition, plans, refusals and Fava's import page know of it.
"""

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

from importers import formats
from importers.formats import FORMATS, table
from importers.ground.configuration import Configuration
from importers.ground.files import Source
from importers.ground.format import Format
from importers.ground.records import BankStatements, Coverage, Line, Statement
from importers.ground.refusal import RefusedFileError
from importers.ground.values import parse_day, parse_number
from importers.importer import importers
from importers.plans import PLANS
from tests.test_import_commands import IBAN, fund, run

__all__ = ["fund"]


def test_every_module_of_the_room_declares_a_format_that_is_in_the_list() -> None:
    modules = [import_module(f"importers.formats.{item.name}") for item in pkgutil.iter_modules(formats.__path__)]
    assert {module.FORMAT.name for module in modules} == {known.name for known in FORMATS}
    assert len({known.name for known in FORMATS}) == len(FORMATS) == len(modules)


def test_what_a_format_holds_has_a_plan() -> None:
    assert {known.records for known in FORMATS} == PLANS.keys()


def test_a_file_in_no_format_is_told_which_there_are() -> None:
    with pytest.raises(RefusedFileError) as caught:
        formats.open_file(Source("x", b"Dear Sir,"), Configuration())
    assert caught.value.mistakes[0].what == (
        "it is in no format that is known: camt.052/053/054, MT940/942, BAI2, OFX, UN operational rates, the pledge register, "
        "an expenditure extract, or a table that import.toml declares."
    )


def open_lines(source: Source, _configuration: Configuration) -> BankStatements | None:
    """Read a format of our own.

    It has a first line that names it and the account, then a day, an amount and a text in each line.
    """
    head, *rows = source.content.decode("utf-8", "replace").splitlines() or [""]
    if not head.startswith("LINES "):
        return None
    lines = []
    for number, row in enumerate(rows, 2):
        place = f"line {number}"
        day, amount, text = row.split(" ", 2)
        lines.append(Line(place, parse_number(amount, place, "amount"), "USD", parse_day(day, place, "day"), text=text))
    account = head.removeprefix("LINES ")
    return BankStatements(
        (Statement("line 1", (account,), "USD", Coverage.PART, head, None, None, None, tuple(lines)),)
    )


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Format[BankStatements]:
    """One line in the list."""
    declared = Format("lines (example)", "our own lines", BankStatements, open_lines)
    monkeypatch.setattr(formats, "FORMATS", (declared, *FORMATS))
    return declared


def test_a_new_format_is_imported_and_is_on_favas_page(
    fund: Path, tmp_path: Path, lines: Format[BankStatements]
) -> None:
    path = fund.parent / "incoming" / "june.lines"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"LINES {IBAN}\n2026-06-03 25.00 A gift\n2026-06-28 150000 PL-2026-001/1\n", encoding="utf-8")
    assert [importer.name for importer in importers(fund) if importer.identify(str(path))] == [f"vfund {lines.name}"]
    done = run("import", path, book=fund)
    assert done.exit_code == 0, done.output
    assert "june.lines  (lines (example))" in done.output
    assert "2 already known" in run("import", path, book=fund).output

    path.write_text(f"LINES {IBAN}\n2026-06-33 25.00 A gift\n", encoding="utf-8")
    refused = run("import", path, book=fund)
    assert "line 2: day is '2026-06-33'." in refused.output
    assert [importer.name for importer in importers(fund) if importer.identify(str(path))] == [f"vfund {lines.name}"]
    (tmp_path / "letter.txt").write_text("Dear Sir,", encoding="utf-8")
    assert "known: our own lines, camt.052" in run("import", tmp_path / "letter.txt", book=fund).output


@pytest.mark.usefixtures("lines")
def test_what_a_library_did_not_foresee_refuses_one_file_only(fund: Path) -> None:
    path = fund.parent / "short.lines"
    path.write_text(f"LINES {IBAN}\n2026-06-03\n", encoding="utf-8")
    done = run("import", path, book=fund)
    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert "it cannot be read (ValueError: not enough values to unpack" in done.output


def test_the_first_of_two_tables_that_fit_is_taken() -> None:
    text = "Date,Amount,Balance\n2026-01-03,5,5\n"
    shared = {"currency": "USD", "date": "Date", "amount": "Amount", "balance": "Balance"}
    declared = Configuration.model_validate(
        {"table": [{"name": "a", "number": "US1", **shared}, {"name": "b", "number": "US2", **shared}]}
    )
    records = table.FORMAT.open(Source("x.csv", text.encode()), declared)
    assert records is not None
    assert [statement.numbers for statement in records.statements] == [("US1",)]
