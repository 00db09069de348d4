"""Tables on the terminal, at every width: no column is missing, no figure is cut, broken or changed.

And what is listed is the same as CSV.
"""

import csv
import io
import re
import shlex
from collections import Counter
from contextlib import redirect_stdout
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from rich.cells import cell_len
from rich.console import Console

from app.cli import cli
from ledger.book.loading import load
from ledger.ground.periods import Quarter
from reports.document import Document, displayed_value, document
from reports.faces import terminal
from reports.faces.terminal import Cells, print_cells, show
from reports.report import report
from reports.scope import Scope
from reports.table import Column, ColumnType, Table
from tests.conftest import EXAMPLE
from tests.generate_book import write_book

WIDTHS = (80, 100, 130)
FIGURE = re.compile(r"\(?\d[\d.,\u00a0\u202f]*\d%?\)?|\d%?")
DECIMALS = {ColumnType.MONEY: 2, ColumnType.COUNT: 0, ColumnType.DAYS: 1, ColumnType.RATE: 10}
LISTS = (
    "show Spain",
    "show Spain --receipts",
    "show --donors",
    "show --pledges",
    "show --purposes",
    "overdue",
    "overdue Spain",
    "report",
    "report pledges 2012-Q3",
    "report receipts 2012-Q3",
    "rules",
    "evidence",
    "evidence --missing",
    "pending",
    "match --list",
    "unclaimed --list",
)


def as_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Let the program take what it prints to for a terminal of a width, without colours."""
    plain = partial(Console, force_terminal=True, width=width, color_system=None)
    monkeypatch.setattr(terminal, "Console", plain)


def cells_of(printed: str) -> list[str]:
    """Return what stands in the cells of a printed table, or in the lines of its records."""
    return [cell.strip() for line in printed.splitlines() for cell in re.split(r"[│┃]", line)]


def figures_in(printed: str) -> Counter[Decimal]:
    """Read back every figure that stands alone in a cell, or behind the label of a record."""
    found: Counter[Decimal] = Counter()
    for cell in cells_of(printed):
        text = re.split(r":\s{1,}", cell)[-1].strip()
        if FIGURE.fullmatch(text):
            found[_read(text)] += 1
    return found


def _read(text: str) -> Decimal:
    number = Decimal(text.strip("()%").replace(",", "")) / (100 if "%" in text else 1)
    return -number if text.startswith("(") else number


def figures_of(table: Table) -> Counter[Decimal]:
    """Return the figures that a table must show: those that are not nil, with the decimals of their kind."""
    found: Counter[Decimal] = Counter()
    for row in (*table.rows, *([table.totals] if table.totals else [])):
        for cell, column in zip(row, table.columns, strict=True):
            value = displayed_value(cell)
            if isinstance(value, Decimal) and value and column.kind.number:
                found[_shown(value, column, table.decimals(row) if row is not table.totals else 2)] += 1
    return found


def _shown(value: Decimal, column: Column, decimals: int) -> Decimal:
    if column.kind is ColumnType.RATIO:
        return (value * 100).quantize(Decimal("0.1")) / 100
    return value.quantize(Decimal(1).scaleb(-DECIMALS.get(column.kind, decimals)))


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_book(tmp_path_factory.mktemp("terminal") / "book", transactions=400)


@pytest.fixture(scope="module")
def documents(generated: Path) -> list[Document]:
    """Return the report of a quarter of the generated book, with amounts in several currencies, and of the example."""
    when = (date(2012, 9, 30), generated), (date(2016, 9, 30), EXAMPLE)
    return [document(report(load(path), Scope.of(Quarter.of(day), day))) for day, path in when]


def assert_fits(printed: str, width: int | None) -> None:
    assert "…" not in printed
    if width is not None:
        assert max(cell_len(line) for line in printed.splitlines()) <= width


@pytest.mark.uncovered
@pytest.mark.parametrize("width", [*WIDTHS, None], ids=str)
def test_every_statement_shows_every_column_and_every_figure(
    width: int | None, documents: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Printed on a terminal, and where there is none (None), and read back."""
    if width is not None:
        as_terminal(monkeypatch, width)
    records = 0
    for statement in (one for made in documents for one in made.tables):
        out = io.StringIO()
        with redirect_stdout(out):
            show(statement, str(statement.title), "en")
        printed = out.getvalue()
        assert_fits(printed, width)
        assert figures_of(statement) <= figures_in(printed), statement.key
        if statement.rows:
            words = set(printed.replace("│", " ").replace("┃", " ").replace(":", " ").replace(",", " ").split())
            headers = {w for c in statement.columns for w in re.split(r"[\s:,]+", str(c.header)) if len(w) < 20 and w}
            assert headers <= words | {w.rstrip(".") for w in words}, statement.key
        records += "┃" not in printed and bool(statement.rows)
    assert (records > 0) == (width is not None)


@pytest.mark.parametrize("width", [*WIDTHS, None], ids=str)
@pytest.mark.parametrize("line", LISTS)
@time_machine.travel(date(2012, 12, 10), tick=False)
def test_a_list_says_the_same_on_the_terminal_and_as_csv(
    line: str, width: int | None, generated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each field of the CSV stands on the terminal: a text word by word, a figure with the decimals that are shown."""
    words = [*shlex.split(line), "--book", str(generated)]
    written = CliRunner().invoke(cli, [*words, "--csv"])
    assert written.exit_code in {0, 1}, written.output
    assert written.stdout.startswith("\ufeff")
    headers, *rows = csv.reader(io.StringIO(written.stdout.lstrip("\ufeff")))
    assert headers
    if width is not None:
        as_terminal(monkeypatch, width)
    printed = CliRunner().invoke(cli, words).stdout
    assert_fits(printed, width)
    shown = figures_in(printed)
    plain = set(re.sub(r"[│┃]", " ", printed).split())
    for row in rows:
        for header, field in zip(headers, row, strict=True):
            if re.fullmatch(r"-?\d+(\.\d+)?", field) and header not in {"Number", "Receipt"}:
                number = Decimal(field)
                if not number:
                    continue
                places = [n for n in shown if n == number or n == number.quantize(Decimal("0.01"))]
                assert places, (header, field)
                assert shown[places[0]] > 0, (header, field)
                shown[places[0]] -= 1
            else:
                assert {w for w in field.split() if len(w) <= 20} <= plain | {"total", "Total"}, field


@pytest.mark.parametrize("width", [20, 40, *WIDTHS])
def test_a_figure_in_a_text_is_never_broken(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    as_terminal(monkeypatch, width)
    text = "R-2016-0001: 1 234 567,89 EUR (" + "x" * 40 + "1,234,567.89) and\t250.00"
    row = (text, "99,999,999.99")
    out = io.StringIO()
    with redirect_stdout(out):
        print_cells(Cells(("What it is", "Received in all the years"), (row, row), (False, True), ("Total", "1.00")))
    printed = out.getvalue()
    assert_fits(printed, width)
    for figure in ("99,999,999.99", "1,234,567.89", "250.00", "R-2016-0001:"):
        assert printed.count(figure) == 2, figure


def test_what_is_nil_in_every_line_is_left_out_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    as_terminal(monkeypatch, 38)
    headers = ("Donor", "Received in the quarter", "Written off by the fund", "Note")
    rows = (("Argentina", "200,000.00", "–", ""), ("Chile", "–", "–", ""))
    out = io.StringIO()
    with redirect_stdout(out):
        print_cells(Cells(headers, rows, (False, True, True, False)))
        print_cells(Cells(headers, rows, (False, True, True, False)), "es")
    english, _, spanish = out.getvalue().partition("fund, Note.")
    assert "Nil or empty in every line, and left\nout: Written off by the " in english
    assert "Argentina │" in english
    assert "Sin valor en todas las líneas" in spanish


def test_csv_and_json_exclude_each_other(generated: Path) -> None:
    for line in ("show Spain", "overdue", "rules", "evidence", "pending", "unclaimed --list", "match --list"):
        done = CliRunner().invoke(cli, [*line.split(), "--csv", "--json", "--book", str(generated)])
        assert (done.exit_code, "exclude each other" in done.output) == (2, True), line


def test_a_text_like_a_formula_is_guarded_in_every_list(generated: Path, tmp_path: Path) -> None:
    copy = tmp_path / "main.beancount"
    evil = (
        f'include "{generated}"\n2012-12-05 * "=cmd" "=1+1" #unclaimed ^UR-2012-901\n  bank-reference: "+1"\n'
        "  Assets:Bank:Operating  7.00 USD\n  Liabilities:UnclaimedReceipts  -7.00 USD\n"
    )
    copy.write_text(evil, encoding="utf-8")
    done = CliRunner().invoke(cli, ["unclaimed", "--list", "--csv", "--as-of", "2012-12-10", "--book", str(copy)])
    rows = list(csv.reader(io.StringIO(done.stdout.lstrip("\ufeff"))))
    assert rows[1][:4] == ["UR-2012-901", "2012-12-05", "'+1", "'=1+1"]
    assert rows[1][4:] == ["USD", "5", "7.00"]
