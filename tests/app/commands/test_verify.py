"""`vfund verify`: a workbook is equal, or each cell that differs is named; from the book, or from the JSON alone.

`vfund report` and the formats of `vfund export`.
"""

import hashlib
import io
import json
import re
import shutil
import zipfile
from contextlib import redirect_stdout
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from openpyxl import load_workbook

from app.cli import cli
from tests.books import SMALL
from tests.conftest import EXAMPLE, Write

QUARTER = "2016-Q3"


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, list(words))
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    formats = [word for name in ("xlsx", "json", "csv", "iati", "html") for word in ("--format", name)]
    code, said = run("export", QUARTER, *formats, "--lang", "pt", "--output", str(folder), "--book", str(EXAMPLE))
    assert code == 0, said
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the example that may be changed."""
    shutil.copytree(EXAMPLE.parent.parent, tmp_path / "ledger")
    return tmp_path / "ledger" / "example" / "main.beancount"


def test_the_formats_and_their_sums(out: Path) -> None:
    stem = f"EXAMPLE-IACHR-{QUARTER}-pt"
    ends = [".xlsx", ".json", "-csv.zip", "-iati.xml", ".html"]
    names = [stem + end for end in ends]
    assert sorted(path.name for path in out.iterdir()) == sorted([*names, *(f"{name}.sha256" for name in names)])
    for name in names:
        digest, told = (out / f"{name}.sha256").read_text(encoding="utf-8").split()
        assert (told, hashlib.sha256((out / name).read_bytes()).hexdigest()) == (name, digest)


def test_equal_from_the_book_and_from_the_json_alone(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = str(out / f"EXAMPLE-IACHR-{QUARTER}-pt.xlsx")
    evidence = str(out / f"EXAMPLE-IACHR-{QUARTER}-pt.json")
    code, said = run("verify", workbook, "--book", str(EXAMPLE))
    assert (code, "equal, byte for byte" in said) == (0, True), said
    assert "206 formulas: all as they stand in it" in said
    monkeypatch.chdir(tmp_path)  # no book here
    monkeypatch.delenv("VFUND_BOOK", raising=False)
    assert run("verify", workbook, "--evidence", evidence)[0] == 0
    code, said = run("verify", evidence, "--book", str(EXAMPLE))
    assert (code, "equal, byte for byte" in said) == (0, True), said


def test_a_changed_entry_is_named_cell_by_cell(out: Path, book: Path) -> None:
    entries = book.parent / "entries" / "2016.beancount"
    text = entries.read_text(encoding="utf-8")
    entries.write_text(re.sub(r"\b50000\.00", "50001.00", text), encoding="utf-8")
    code, said = run("verify", str(out / f"EXAMPLE-IACHR-{QUARTER}-pt.xlsx"), "--book", str(book), "--json")
    assert code == 1, said
    told = json.loads(said)
    changed = {(item["sheet"], item["cell"]): (item["file"], item["expected"]) for item in told["differences"]}
    assert changed["2 Contribuições", "C8"] == ("50000", "50001")  # Mexico is the fourth of eight
    assert changed["1 Saldo do Fundo", "B6"] == ("2657506", "2657507")
    assert not [place for place in changed if place[0].startswith("3 ")]  # no pledge was changed
    assert told["digest"] != told["digest-now"]
    assert told["miscalculated"] == []
    code, said = run("verify", str(out / f"EXAMPLE-IACHR-{QUARTER}-pt.json"), "--book", str(book))
    assert (code, "contributions!rows.4.quarter: the file has 50000.00, expected is 50001.00" in said) == (1, True), (
        said
    )
    assert "The book has changed since" in said


def test_a_planted_value_is_named(out: Path, tmp_path: Path) -> None:
    planted = tmp_path / "planted.xlsx"
    with zipfile.ZipFile(out / f"EXAMPLE-IACHR-{QUARTER}-pt.xlsx") as archive, zipfile.ZipFile(planted, "w") as target:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "xl/worksheets/sheet3.xml":
                data, changed = re.subn(rb"(</f><v>)2657506", rb"\g<1>2657507", data, count=1)
                assert changed
            target.writestr(name, data)
    code, said = run("verify", str(planted), "--book", str(EXAMPLE))
    assert code == 1
    assert "1 value differs" in said
    assert re.search(r"1 Saldo do Fundo!B\d+: the file has 2657507, expected is 2657506", said)
    assert "206 formulas: 1 otherwise than they stand in it" in said


def test_other_looks_are_not_the_file_that_was_exported(out: Path, tmp_path: Path) -> None:
    """Every cell is as it was, but a format shows something else: that is not equal."""
    changed = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(out / f"EXAMPLE-IACHR-{QUARTER}-pt.xlsx") as archive, zipfile.ZipFile(changed, "w") as target:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "xl/styles.xml":
                data = data.replace(b"#,##0.00_)", b"&quot;9,999.00&quot;")
            target.writestr(name, data)
    code, said = run("verify", str(changed), "--book", str(EXAMPLE))
    assert (code, "it is not the file that was exported" in said) == (1, True), said


def test_what_is_changed_beside_the_figures_of_a_json_is_named(out: Path, tmp_path: Path) -> None:
    told = json.loads((out / f"EXAMPLE-IACHR-{QUARTER}-pt.json").read_bytes())
    told["status"] = "Audited"
    told["tables"][1]["notes"][0] = "No decreases."
    (tmp_path / "edited.json").write_text(json.dumps(told), encoding="utf-8")
    code, said = run("verify", str(tmp_path / "edited.json"), "--book", str(EXAMPLE))
    assert code == 1
    assert "cover!status: the file has Audited" in said
    assert "fund_balance!notes.1: the file has No decreases." in said
    assert "2 values differ" in said


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        (("tables", 1, "columns", 1, "formula"), "{nope.x}", "nope.x is named, and is not there"),
        (("tables", 1, "columns", 1, "width"), 0, "greater than or equal to 1"),
        (("tables", 1, "columns"), [], "at least 1"),
        (("tables", 1, "key"), "summary", "stands there twice"),
        (("tables", 1, "name"), "a/b:c[*]", "match pattern"),
        (("tables", 3, "chart", "columns", 0), "nope", "is not there"),
        (("tables", 3, "chart", "rows"), -5, "greater than or equal to 1"),
        (("tables", 1, "rows", 0, "quarter"), "abc", "does not fit"),
        (("tables", 1, "rows", 0, "quarter"), "NaN", "does not fit"),
        (("as_of",), "soon", "as_of"),
        (("language",), "xx", "language"),
    ],
)
def test_evidence_that_was_made_up_is_refused(
    out: Path, tmp_path: Path, place: tuple[str | int, ...], value: object, why: str
) -> None:
    told = json.loads((out / f"EXAMPLE-IACHR-{QUARTER}-pt.json").read_bytes())
    part = told
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    evidence = tmp_path / "evidence.json"
    evidence.write_text(json.dumps(told), encoding="utf-8")
    code, said = run("verify", str(out / f"EXAMPLE-IACHR-{QUARTER}-pt.xlsx"), "--evidence", str(evidence))
    assert (code, why in said) == (1, True), said


def test_a_workbook_that_was_saved_again_has_the_same_cells(out: Path, tmp_path: Path) -> None:
    """openpyxl keeps the formulas and loses the values: each is named, and no other cell."""
    again = load_workbook(out / f"EXAMPLE-IACHR-{QUARTER}-pt.xlsx")
    again.save(tmp_path / "again.xlsx")
    code, said = run("verify", str(tmp_path / "again.xlsx"), "--book", str(EXAMPLE), "--json")
    told = json.loads(said)
    assert (code, told["equal"]) == (1, False)
    assert len(told["differences"]) == 206
    assert {item["file"] for item in told["differences"]} == {""}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.xlsx", b"", "no Excel workbook"),
        ("text.xlsx", b"not a workbook", "no Excel workbook"),
        ("empty.json", b"", "the file"),
        ("other.json", b'{"a": 1}', "format"),
    ],
)
def test_what_is_no_report(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    code, said = run("verify", str(tmp_path / name), "--book", str(EXAMPLE))
    assert code == 1
    assert why in said
    assert "Traceback" not in said


def test_a_workbook_of_somebody_else(tmp_path: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - only here

    Workbook().save(tmp_path / "other.xlsx")
    code, said = run("verify", str(tmp_path / "other.xlsx"), "--book", str(EXAMPLE))
    assert (code, "its properties lack Fund" in said) == (1, True), said


@pytest.mark.parametrize(("name", "value"), [("Language", "xx"), ("Basis", "?"), ("AsOf", "soon"), ("Quarter", "2016")])
def test_properties_that_were_changed(out: Path, tmp_path: Path, name: str, value: str) -> None:
    edited = load_workbook(out / f"EXAMPLE-IACHR-{QUARTER}-pt.xlsx")
    edited.custom_doc_props[name].value = value
    edited.save(tmp_path / "edited.xlsx")
    code, said = run("verify", str(tmp_path / "edited.xlsx"), "--book", str(EXAMPLE))
    assert (code, "its properties make no sense" in said) == (1, True), said


def test_what_cannot_be_built_again(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(b"%PDF-")
    code, said = run("verify", str(tmp_path / "page.pdf"), "--book", str(EXAMPLE))
    assert (code, "only .xlsx and .json" in said) == (2, True), said


def test_the_json_of_another_quarter_is_no_evidence(out: Path, tmp_path: Path) -> None:
    code, _ = run("export", "2016-Q4", "--format", "json", "--output", str(tmp_path), "--book", str(EXAMPLE))
    assert code == 0
    evidence = str(tmp_path / "EXAMPLE-IACHR-2016-Q4.json")
    code, said = run("verify", str(out / f"EXAMPLE-IACHR-{QUARTER}-pt.xlsx"), "--evidence", evidence)
    assert (code, "it is of the quarter 2016-Q3" in said) == (1, True), said


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("report",), 0, "fund_balance"),
        (("report", "summary", QUARTER), 0, "2,657,506.00"),
        (("report", "3b", QUARTER, "--lang", "fr"), 0, "117\u202f000,00"),
        (("report", "contributions", QUARTER, "--csv"), 0, "Member states,Argentina,83000.00"),
        (("report", "fund_balanc", QUARTER), 2, "fund_balance"),
        (("report", "summary", "2016"), 2, "write it as 2016-Q3"),
        (("export", QUARTER, "--format", "all", "--output", str(EXAMPLE)), 2, "go into a folder"),
        (("export", QUARTER, "--format", "json", "--output", "x.xlsx"), 2, "ends in .json"),
        (("export", QUARTER, "--symbol", "x" * 61), 2, "at most 60"),
        (("report", "summary", "--as-of", "2016-09-10"), 0, "2016-Q3"),
        (("letter", "statement", "Mexico", "--as-of", "2016-09-10", "--dry-run"), 0, "50,000.00"),
        (("letter", "statement", "Mexico", "--as-of", "soon"), 2, "--as-of"),
        (("export", QUARTER, "--output", str(EXAMPLE)), 2, "that is a file of the book"),
        (("letter", "statement", "Mexico", "--output", str(EXAMPLE)), 2, "that is a file of the book"),
        (("letter", "statement", "Mexico", "--output", "x.txt"), 2, "ends in .html"),
        (("export", QUARTER, "--output", str(EXAMPLE.parent / "documents" / "x.xlsx")), 2, "among the documents"),
    ],
)
def test_the_terminal(words: tuple[str, ...], code: int, says: str) -> None:
    found, said = run(*words, "--book", str(EXAMPLE))
    assert found == code, said
    assert says in said


def test_a_quarter_that_is_not_over_is_reported_as_of_today(write: Write, tmp_path: Path) -> None:
    main = str(write(SMALL))
    with time_machine.travel("2016-05-20"):
        done = CliRunner().invoke(
            cli, ["export", "2016-Q2", "--book", main, "--output", str(tmp_path / "x.xlsx"), "--draft"]
        )
        assert done.exit_code == 0, done.output
        assert "2016-Q2 is not over yet; this is as of today, 2016-05-20" in done.output
        assert "As of May 20, 2016" in done.output
        done = CliRunner().invoke(cli, ["export", "2016-Q3", "--book", main])
        assert (done.exit_code, "2016-Q3 has not begun" in done.output) == (2, True)


def test_evidence_that_is_no_json_is_named(write: Write, tmp_path: Path) -> None:
    main, workbook = str(write(SMALL)), tmp_path / "x.xlsx"
    CliRunner().invoke(cli, ["export", "2016-Q2", "--book", main, "--output", str(workbook), "--draft"])
    done = CliRunner().invoke(cli, ["verify", str(workbook), "--evidence", str(workbook)])
    assert done.exit_code == 1
    assert "x.xlsx (--evidence) is no report as JSON: give the .json" in done.output


def test_a_table_on_the_terminal_shows_text_as_it_is() -> None:
    """`:Bank:` is an account to us, and no picture of a bank; brackets are no colours."""
    from reports.faces.terminal import Cells, print_cells  # noqa: PLC0415 - only here

    with redirect_stdout(io.StringIO()) as out:
        print_cells(Cells(("What",), (("Assets:Bank:Operating [red]x[/red]",),), (False,)))
    assert "Assets:Bank:Operating [red]x[/red]" in out.getvalue()
