"""An import beside another one, and what it opens.

Numbers are chosen under the book's lock, and a file is opened and parsed once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from importers.ground import configuration
from importers.importer import importers
from importers.plans.plan import ImportOptions
from importers.session import Import, import_files, open_files
from ledger.book.append import locked
from ledger.book.loading import Book, load
from tests.funds import run
from tests.processes import start, wait_for_the_lock
from tests.statements import IBAN, JUNE, Paid, camt053, statement

SECOND = "US00SECOND"
D = Decimal


@pytest.fixture
def pair(fund: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two statements of two accounts of the book; in each a receipt that is certain, and money of somebody unknown."""
    with (fund.parent / "import.toml").open("a", encoding="utf-8") as file:
        file.write(f'[[account]]\nnumber = "{SECOND}"\naccount = "Assets:Bank:Second"\n')
    with (fund.parent / "accounts.beancount").open("a", encoding="utf-8") as file:
        file.write("2004-06-08 open Assets:Bank:Second\n")
    paths = []
    for part, (number, amount) in enumerate(((IBAN, "150000"), (SECOND, "50000")), 1):
        lines = [
            Paid(date(2026, 6, 28), D(amount), "República Argentina", f"PL-2026-001/{part}", f"A{part}"),
            Paid(date(2026, 6, 29), D(70 + part), "Somebody", "A gift", f"B{part}"),
        ]
        paths.append(tmp_path / f"account-{part}.xml")
        paths[-1].write_bytes(camt053(number, "USD", D(0), lines, **JUNE))  # type: ignore[arg-type]
    return paths[0], paths[1]


def bring(book: Book, path: Path) -> Import:
    """Import a file into a book as it was when it was loaded."""
    settings = configuration.read(book.path)
    opened, _ = open_files([path], settings, None)
    options = ImportOptions("finance-officer-1")
    return import_files(book, opened, settings, options, dry_run=False, advance=lambda _name: None)


def numbers(main: Path) -> tuple[list[str], list[str]]:
    """Return the receipt numbers and the links of unclaimed receipts of a book that has no error."""
    book = load(main)
    assert [finding.message for finding in book.errors if not finding.open] == []
    entries = [entry.txn for entry in book.fund.entries]
    links = sorted(link for txn in entries for link in txn.links or () if link.startswith("UR-"))
    return sorted(str(txn.meta["receipt-number"]) for txn in entries if "receipt-number" in txn.meta), links


GAPLESS = (["R-2026-0001", "R-2026-0002"], ["UR-2026-001", "UR-2026-002"])


def test_two_imports_that_read_the_same_book_take_numbers_of_their_own(fund: Path, pair: tuple[Path, Path]) -> None:
    one, other = load(fund), load(fund)
    assert [bring(book, path).refused for book, path in ((one, pair[0]), (other, pair[1]))] == [(), ()]
    assert numbers(fund) == GAPLESS


def test_two_imports_at_one_moment_take_numbers_of_their_own(fund: Path, pair: tuple[Path, Path]) -> None:
    """Both wait for the lock when it is let go: the one that comes second plans on what the first has written."""
    with locked(fund):
        running = [start("import", "--yes", "--book", str(fund), str(path)) for path in pair]
        for process in running:
            wait_for_the_lock(process)
    outputs = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0], outputs
    assert numbers(fund) == GAPLESS


def test_the_same_file_at_one_moment_is_imported_once_and_stays_filed(fund: Path, pair: tuple[Path, Path]) -> None:
    one, other = load(fund), load(fund)
    assert len(bring(one, pair[0]).imported[0].plan.entries) > 1
    second = bring(other, pair[0])
    assert [(item.plan.entries, item.appended) for item in second.imported] == [((), None)]
    assert len(list(fund.parent.glob("documents/2026/*account-1.xml"))) == 1
    assert {finding.code for finding in load(fund).errors} == {"four-eyes/pending", "evidence/no-document"}


def test_a_file_that_another_import_made_wrong_is_refused_and_not_filed(fund: Path, tmp_path: Path) -> None:
    """Planned anew under the lock, the second file says something else of a reference that is in the book now."""
    lines = [Paid(date(2026, 6, 3), D("25.00"), "Somebody", "A gift", "FT-9")]
    one, other = load(fund), load(fund)
    bring(one, statement(tmp_path, "one.xml", lines=lines))
    changed = [replace(lines[0], number=D("26.00"))]
    refused = bring(other, statement(tmp_path, "two.xml", lines=changed)).refused
    assert "the reference 'FT-9' is in the book as" in str(refused[0].mistakes[0])
    assert list(fund.parent.glob("documents/2026/*two.xml")) == []


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Count how often a workbook is opened."""
    opens, load_workbook = [0], openpyxl.load_workbook

    def count(*given: object, **more: object) -> object:
        opens[0] += 1
        return load_workbook(*given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(openpyxl, "load_workbook", count)
        yield opens


@pytest.fixture
def table(fund: Path) -> Path:
    """A bank table in XLSX, of the second layout that import.toml declares."""
    layout = (
        '[[table]]\nname = "{}"\nnumber = "{}"\ncurrency = "USD"\ndate = "{}"\namount = "Importe"\nbalance = "Saldo"\n'
    )
    with (fund.parent / "import.toml").open("a", encoding="utf-8") as file:
        file.write(layout.format("other", SECOND, "Datum") + layout.format("ours", IBAN, "Fecha"))
    book = Workbook()
    for row in (["Fecha", "Importe", "Saldo"], [date(2026, 6, 3), 25, 25], [date(2026, 6, 4), 5, 30]):
        book.active.append(row)
    path = fund.parent / "incoming" / "bank.xlsx"
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    return path


def test_a_table_is_opened_once_however_many_formats_look_at_it(
    fund: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counted(monkeypatch) as opens:
        done = run("import", table, book=fund)
    assert done.exit_code == 0, done.output
    assert opens == [1]


def test_a_file_that_is_nearly_a_table_is_opened_once(fund: Path, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.load_workbook(table)
    book.active["C1"] = "Balance"
    book.save(table)
    with counted(monkeypatch) as opens:
        done = run("import", table, book=fund)
    assert "it is nearly the table 'ours', but it lacks 'Saldo'." in done.output
    assert opens == [1]


def test_fava_asks_five_importers_about_a_file_that_is_opened_once_until_it_changes(
    fund: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counted(monkeypatch) as opens:
        (ours,) = [importer for importer in importers(fund) if importer.identify(str(table))]
        assert (ours.account(str(table)), ours.date(str(table))) == ("Assets:Bank:Operating", date(2026, 6, 4))
        assert len(ours.extract(str(table), [])) == 3
        assert opens == [1]
        book = Workbook()
        for row in (["Fecha", "Importe", "Saldo"], [date(2026, 6, 5), 25, 25]):
            book.active.append(row)
        book.save(table)
        assert ours.date(str(table)) == date(2026, 6, 5)
        assert opens == [2]


def test_an_opening_balance_of_nothing_is_said(fund: Path, tmp_path: Path) -> None:
    done = run("import", "--opening", statement(tmp_path), book=fund)
    assert done.exit_code == 0, done.output
    assert "Assets:Bank:Operating opens with nothing: there is no opening balance that --opening could" in done.output
    other = run("import", statement(tmp_path, "again.xml"), book=fund)
    assert "opens with nothing" not in other.output
