"""A year of payments: what is linked is right, nothing is lost, and nothing comes twice.

The book does not depend on how or when files come."""

import random
import shutil
import signal
import subprocess
import sys
import time
from atexit import register
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from beancount.core.data import Transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from importers.ground import configuration
from importers.plans.plan import ImportOptions, OutcomeKind, Plan
from importers.session import import_files, open_files
from ledger.book.loading import Book, load
from ledger.ground.money import ZERO
from ledger.language.accounts import Role
from tests.generate_payments import Maker, Year, write_book, write_statements


@dataclass(frozen=True)
class Small:
    """A book, its statements, others that overlap them, and what one clean import makes of it."""

    main: Path = field(repr=False)
    clean: list[Path] = field(repr=False)
    overlapping: list[Path] = field(repr=False)
    expected: list[str] = field(repr=False)


CREDITS = {OutcomeKind.LINKED, OutcomeKind.PROPOSED, OutcomeKind.UNCLAIMED}


def made(folder: Path, seed: int, payments: int) -> tuple[Path, Year]:
    registry = load(write_book(folder, [])).fund.registry
    year = Maker(registry, seed, payments).make()
    return write_book(folder, year.entries), year


def bring(main: Path, paths: Sequence[Path]) -> tuple[list[Plan], list[Path]]:
    """Import files; give what they added, and which were refused."""
    declared = configuration.read(main)
    opened, unread = open_files(paths, declared, None)
    options = ImportOptions("finance-officer-1")
    done = import_files(load(main), opened, declared, options, dry_run=False, advance=lambda _name: None)
    return [item.plan for item in done.imported], [item.path for item in [*unread, *done.refused]]


def banks(book: Book) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = Counter()  # type: ignore[assignment]
    for entry in book.fund.entries:
        for part, posting, _ in entry.money:
            if part.role is Role.BANK:
                sums[posting.units.currency] += posting.units.number
    return sums


@pytest.mark.uncovered  # two thousand times through the same lines
def test_a_year_of_two_thousand_payments(tmp_path: Path) -> None:
    """60 donors, four currencies, misspelt names, splits, noise, duplicates and overlaps.

    Links are right, all of them; nothing is lost.
    """
    main, year = made(tmp_path / "book", 7, 2000)
    clean = write_statements(tmp_path / "clean", year, months=3)
    overlapping = write_statements(tmp_path / "overlapping", year, months=6, overlap=20)
    done, refused = bring(main, [*clean, *overlapping])
    again, refused_again = bring(main, [*overlapping, *clean])
    assert refused == refused_again == []

    outcomes = [outcome for plan in done for outcome in plan.outcomes]
    new = [outcome for outcome in outcomes if outcome.kind is not OutcomeKind.KNOWN]
    assert {o.kind for plan in again for o in plan.outcomes} == {OutcomeKind.KNOWN}
    assert Counter(outcome.line.reference for outcome in new) == Counter(year.truth.keys())
    assert {outcome.kind for outcome in new} <= CREDITS

    linked = [outcome for outcome in new if outcome.kind is OutcomeKind.LINKED and outcome.match]
    for outcome in linked:
        settled = {take.instalment.label: take.amount.number for take in outcome.match.takes} if outcome.match else {}
        assert settled == year.truth[outcome.line.reference], outcome
    meant = sum(1 for truth in year.truth.values() if truth)
    assert len(linked) / meant > 0.45, "recall: docs/decisions.md states it"

    book = load(main)
    assert [finding for finding in book.errors if not finding.open] == []
    paid = {bank: sum((line.number for line in lines), ZERO) for bank, lines in year.payments.items()}
    assert banks(book) == paid
    received = sum((receipt.value for receipt in book.fund.receipts), ZERO)
    charges = sum((receipt.charges for receipt in book.fund.receipts), ZERO)
    waiting = -sum((value for e in book.fund.entries for a, _, value in e.money if a.role is Role.UNCLAIMED), ZERO)
    worth = sum((value for e in book.fund.entries for a, _, value in e.money if a.role is Role.BANK), ZERO)
    assert received - charges + waiting == worth


def told(main: Path) -> list[str]:
    """Return the transactions of a book, without running numbers and the digest of the file.

    They say in which order files came.
    """
    found = []
    for entry in load(main).entries:
        if isinstance(entry, Transaction):
            numbers = {"receipt-number", "on-receipt", "lineno", "filename", "statement-sha256"}
            meta = sorted((k, str(v)) for k, v in entry.meta.items() if k not in numbers and not k.startswith("__"))
            postings = sorted(
                f"{p.account} {p.units} {p.cost.label if p.cost else ''} {p.price}" for p in entry.postings
            )
            narration = "" if "on-receipt" in entry.meta else entry.narration
            links = sorted(link for link in entry.links if not link.startswith("UR-"))
            found.append(f"{entry.date} {entry.payee} {narration} {links} {meta} {postings}")
    return sorted(found)


@cache
def small() -> Small:
    """Make a book with its statements of four months, and overlapping ones."""
    folder = Path(mkdtemp(prefix="vfund-payments-"))
    register(shutil.rmtree, folder, ignore_errors=True)
    main, year = made(folder / "book", 11, 90)
    clean = write_statements(folder / "clean", year, until=4)
    overlapping = write_statements(folder / "overlapping", year, months=2, until=4, overlap=9)
    shutil.copytree(main.parent, folder / "once")
    _, refused = bring(folder / "once" / "main.beancount", clean)
    assert refused == []
    expected = told(folder / "once" / "main.beancount")
    assert sum("#" not in line and "import-id" in line for line in expected) > 20
    return Small(main, clean, overlapping, expected)


@pytest.mark.uncovered
@settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(seed=st.integers(0, 10_000))
def test_the_book_does_not_depend_on_how_files_come(seed: int) -> None:
    """In random order, alone or together, twice, overlapping, what is refused tried again later: the same book."""
    main, clean, overlapping, expected = small().main, small().clean, small().overlapping, small().expected
    chance = random.Random(seed)
    copy = main.parent.parent / f"copy-{seed}-{time.monotonic_ns()}"
    shutil.copytree(main.parent, copy)
    waiting = [*clean, *chance.sample(clean, 2), *overlapping]
    chance.shuffle(waiting)
    rounds = 0
    while waiting:
        size = chance.randrange(1, len(waiting) + 1)
        now, waiting = waiting[:size], waiting[size:]
        _, refused = bring(copy / "main.beancount", now)
        waiting += refused
        rounds += 1
        assert rounds < 60
    assert told(copy / "main.beancount") == expected
    shutil.rmtree(copy)


@pytest.mark.parametrize("seconds", [0.6, 1.0, 1.4, 1.9, 2.6])
def test_a_killed_import_is_finished_by_the_next(tmp_path: Path, seconds: float) -> None:
    main, clean, expected = small().main, small().clean, small().expected
    copy = tmp_path / "book"
    shutil.copytree(main.parent, copy)
    code = "import sys; from app.main import main; main(sys.argv[1:])"
    words = [sys.executable, "-c", code, "import", "--yes", "--book", str(copy / "main.beancount"), *map(str, clean)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert [finding for finding in load(copy / "main.beancount").errors if not finding.open] == []
    _, refused = bring(copy / "main.beancount", clean)
    assert refused == []
    assert told(copy / "main.beancount") == expected
