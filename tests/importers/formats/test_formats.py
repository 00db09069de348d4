"""A format is one file and one line.

Its declaration is all that recognition, plans, refusals and Fava's import page know of it.
"""

import pkgutil
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from importers import formats
from importers.formats import FORMATS, table
from importers.ground.configuration import Configuration
from importers.ground.files import Source
from importers.ground.format import Format
from importers.ground.records import BankStatements
from importers.ground.refusal import RefusedFileError
from importers.importer import importers
from importers.plans import PLANS
from tests.conftest import ROOT
from tests.funds import run


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


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Format[BankStatements]:
    """The format of docs/extending.md, as it stands there, and one line in the list."""
    (code,) = [block for block in blocks("python") if "FORMAT = " in block]
    module = ModuleType("importers.formats.example_pay")
    exec(compile(code, "docs/extending.md", "exec"), module.__dict__)  # noqa: S102 - our own page
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS[:4], module.FORMAT, *FORMATS[4:]))
    declared: Format[BankStatements] = module.FORMAT
    return declared


def blocks(language: str) -> list[str]:
    section = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8").partition("## A file format\n")[2]
    return re.findall(rf"```{language}\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)


def test_the_format_of_the_guide_is_imported_and_is_on_favas_page(
    fund: Path, tmp_path: Path, example: Format[BankStatements]
) -> None:
    path = fund.parent / "incoming" / "june.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(blocks("json")[0], encoding="utf-8")
    with (fund.parent / "import.toml").open("a", encoding="utf-8") as file:
        file.write('[[account]]\nnumber = "EP-1"\naccount = "Assets:Bank:Operating"\n')
    known_to = [importer.name for importer in importers(fund) if importer.identify(str(path))]
    assert known_to == [f"vfund {example.name}"]
    done = run("import", path, book=fund)
    assert done.exit_code == 0, done.output
    assert "june.json  (Example Pay)" in done.output
    assert "2 unclaimed" in done.output
    assert "2 already known" in run("import", path, book=fund).output

    wrong = blocks("json")[0].replace("2026-06-28", "2026-06-33").replace("150.00", '"much"')
    path.write_text(wrong, encoding="utf-8")
    refused = run("import", path, book=fund).output
    assert "payment 1: the amount is 'much', which is not a number." in refused
    assert "payment 2: the day is '2026-06-33'." in refused
    assert [importer.name for importer in importers(fund) if importer.identify(str(path))] == known_to
    path.write_text(blocks("json")[0].replace("175.50", "175.51"), encoding="utf-8")
    assert "0.01 is unexplained" in run("import", path, book=fund).output
    (tmp_path / "letter.txt").write_text("Dear Sir,", encoding="utf-8")
    assert "OFX, Example Pay, UN operational rates" in run("import", tmp_path / "letter.txt", book=fund).output


@pytest.mark.usefixtures("example")
def test_what_a_reader_did_not_foresee_refuses_one_file_only(fund: Path) -> None:
    path = fund.parent / "odd.json"
    path.write_text(blocks("json")[0].replace('[{"id"', '["p-0", {"id"'), encoding="utf-8")
    done = run("import", path, book=fund)
    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert "it cannot be read (AttributeError" in done.output


def test_a_table_is_read_in_the_encoding_that_import_toml_declares() -> None:
    """What neither UTF-8 nor Windows-1252 can read is still offered to the tables.

    Nobody's, it is refused for its text.
    """
    text = "Fecha;Importe;Saldo;Concepto\n2026-01-03;5;5;CAFÉ\n".encode("cp852")
    layout = {"name": "a", "number": "US1", "currency": "USD", "delimiter": ";", "encoding": "cp852", "date": "Fecha"}
    columns = {"amount": "Importe", "balance": "Saldo", "text": ["Concepto"]}
    declared = Configuration.model_validate({"table": [{**layout, **columns}]})
    known, records = formats.open_file(Source("x.csv", text), declared)
    assert known is table.FORMAT
    assert isinstance(records, BankStatements)
    assert records.statements[0].lines[0].text == "CAFÉ"
    with pytest.raises(RefusedFileError, match="cannot be read as UTF-8 or Windows-1252"):
        formats.open_file(Source("x.csv", text), Configuration())


def test_the_first_of_two_tables_that_fit_is_taken() -> None:
    text = "Date,Amount,Balance\n2026-01-03,5,5\n"
    shared = {"currency": "USD", "date": "Date", "amount": "Amount", "balance": "Balance"}
    declared = Configuration.model_validate(
        {"table": [{"name": "a", "number": "US1", **shared}, {"name": "b", "number": "US2", **shared}]}
    )
    records = table.FORMAT.open(Source("x.csv", text.encode()), declared)
    assert records is not None
    assert [statement.numbers for statement in records.statements] == [("US1",)]
