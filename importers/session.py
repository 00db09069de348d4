"""What files would add to a book: each is opened, told by its format, and planned.

Rates come first, then registers, then expenditure, then statements by their days, in whatever order they were given.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path

from beancount.core.amount import Amount
from beancount.core.data import Directive, Transaction

from importers import formats
from importers.formats import STATEMENTS, Format, expenditure, rates, register
from importers.ground import configuration, files
from importers.ground.configuration import Configuration
from importers.ground.files import Source
from importers.ground.records import Statement
from importers.ground.refusal import Mistake, RefusedFileError
from importers.plans import pledging, publication, spending
from importers.plans.planning import Outcome, OutcomeKind, Plan, Planner, Request
from ledger.book.loading import Book
from ledger.ground.findings import Finding
from ledger.ground.money import ZERO, show, show_number
from ledger.language.accounts import CONTRA, PAYABLE, Role, account
from ledger.language.kinds import Kind

_ORDER = (Format.RATES, Format.PLEDGES, Format.EXPENDITURE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person asked for: who records, and the control totals that must hold (None for none)."""

    officer: str | None
    opening: bool = False
    bank: str | None = None
    count: int | None = None
    total: Amount | None = None
    currencies: tuple[str, ...] = ()
    charges_for: str | None = None
    today: date = field(default_factory=date.today)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with its format, and its statements when it has some."""

    path: Path
    source: Source
    format: Format
    statements: tuple[Statement, ...] = ()

    @property
    def order(self) -> tuple[int, date, int, str]:
        """Give when its turn is."""
        first = min((statement.first for statement in self.statements), default=date.min)
        number = min((statement.sequence or 0 for statement in self.statements), default=0)
        return (_ORDER.index(self.format) if self.format in _ORDER else len(_ORDER), first, number, self.path.name)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a file would add. `counted` says in words what was found; `account` is where its original is filed."""

    opened: Opened
    entries: tuple[Directive, ...]
    outcomes: tuple[Outcome, ...] = ()
    counted: tuple[tuple[str, int], ...] = ()
    account: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not imported, and why; `findings` are those of the rules."""

    path: Path
    mistakes: tuple[Mistake, ...] = ()
    findings: tuple[Finding, ...] = ()


def open_all(
    paths: Sequence[Path], settings: Configuration, encoding: str | None
) -> tuple[list[Opened], list[Refused]]:
    """Read every file, in the order of their turns; what cannot be read is refused."""
    opened, refused = [], []
    for path in dict.fromkeys(paths):
        try:
            source = files.read_file(path, encoding)
            inside = files.read_members(source)
            known = formats.recognise(inside[0], settings)
            read = tuple(formats.statements(source, settings)) if known in STATEMENTS or len(inside) > 1 else ()
            opened.append(Opened(path, source, known, read))
        except RefusedFileError as error:
            refused.append(Refused(path, error.mistakes))
    return sorted(opened, key=lambda item: item.order), refused


def prepare(
    book: Book, item: Opened, settings: Configuration, wish: Wish, held: dict[str, str] | None = None
) -> Prepared:
    """Plan one file against a book.

    Raises:
        RefusedFileError: with every reason for which it cannot be imported.

    """
    counted: tuple[tuple[str, int], ...]
    if item.format is Format.RATES:
        prepared, count, totals = _rates(book, item, settings, wish)
    elif item.format is Format.PLEDGES:
        pledged = pledging.plan(book.fund, register.read(item.source), wish.officer, wish.today)
        announced = sum(1 for txn in pledged.transactions if Kind.PLEDGE.value in txn.tags)
        counted = (
            ("announced", announced),
            ("committed", len(pledged.transactions) - announced),
            (OutcomeKind.KNOWN.value, pledged.known),
        )
        prepared = Prepared(item, tuple(pledged.transactions), counted=counted, account=CONTRA)
        count, totals = pledged.rows, pledged.totals
    elif item.format is Format.EXPENDITURE:
        lines = expenditure.read(item.source, settings.expenditure)
        extract = spending.plan(book.fund, lines, settings.expenditure, wish.officer, wish.today, item.source.sha256)
        counted = (("of expenditure added", len(extract.transactions)), (OutcomeKind.KNOWN.value, extract.known))
        prepared = Prepared(item, tuple(extract.transactions), counted=counted, account=PAYABLE)
        count, totals = len(lines), {extract.currency: extract.total}
    else:
        request = Request(
            item.source.sha256, wish.officer, wish.today, wish.opening, wish.bank, wish.charges_for, held or {}
        )
        prepared = _statements(item, Planner(book.fund, settings, request).plan(item.statements))
        count, totals = sum(len(s.booked) for s in item.statements), _nets(item.statements)
    _control(wish, count, totals)
    return prepared


def _rates(book: Book, item: Opened, settings: Configuration, wish: Wish) -> tuple[Prepared, int, dict[str, Decimal]]:
    published = rates.read(item.source)
    wanted = publication.currencies_in_use(book.fund) | set(settings.rates.currencies) | set(wish.currencies)
    taken = publication.select_prices(book.fund, published, item.source.sha256, wanted)
    notes = []
    if taken.left:
        notes.append(
            f"{len(taken.left)} other currencies of the publication are not used in the book and were left; --currency EUR takes one in"
        )
    bank = next((name for name in book.fund.contents.opens if account(name).role is Role.BANK), "")
    counted = (("of rates added", len(taken.prices)), (OutcomeKind.KNOWN.value, taken.known))
    return (
        Prepared(item, tuple(taken.prices), counted=counted, account=bank, notes=tuple(notes)),
        len(published.rates),
        {},
    )


def _statements(item: Opened, plan: Plan) -> Prepared:
    counts = Counter(outcome.what for outcome in plan.outcomes)
    counted = tuple((what.value, counts[what]) for what in OutcomeKind if counts[what])
    moved = (posting.account for txn in plan.transactions for posting in txn.postings)
    asserted = (entry.account for entry in plan.entries if not isinstance(entry, Transaction))
    bank = next((name for name in chain(asserted, moved) if account(name).role is Role.BANK), "")
    return Prepared(item, tuple(plan.entries), tuple(plan.outcomes), counted, bank)


def _nets(statements: Iterable[Statement]) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for statement in statements:
        totals[statement.currency] = totals.get(statement.currency, ZERO) + statement.net
    return totals


def _control(wish: Wish, count: int, totals: dict[str, Decimal]) -> None:
    """Hold a file to the control totals that the person gave."""
    mistakes = []
    if wish.count is not None and wish.count != count:
        mistakes.append(
            Mistake(
                "",
                f"{wish.count} lines were expected, the file has {count}.",
                "find the line that is missing or too much.",
            )
        )
    if wish.total is not None and totals.get(wish.total.currency, ZERO) != wish.total.number:
        has = ", ".join(f"{show_number(number)} {currency}" for currency, number in totals.items()) or "nothing"
        mistakes.append(
            Mistake(
                "", f"a total of {show(wish.total)} was expected, the file has {has}.", "find the amount that is wrong."
            )
        )
    if mistakes:
        raise RefusedFileError(mistakes)


def settings_of(book: Book) -> Configuration:
    """Read the configuration of a book.

    Raises:
        RefusedFileError: with every mistake in it.

    """
    return configuration.read(book.path)
