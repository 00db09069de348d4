"""Tables of the fund for BQL, beside Beancount's own.

`SELECT * FROM instalments WHERE stage = 'committed'`, in Fava's query page and in `vfund query`.

Each is as of a day, in English, with every donor named: today, or the day that is asked for (`vfund query --as-of`, the
filter *Time* in Fava). An amount has its currency, so that `sum(outstanding)` adds each currency for itself; a column
that ends in `_value` is in the unit of account.

Importing this module makes beanquery know the tables, in this process: that is how its sources work (a subclass of its
`Table` is a table).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from beancount.core.amount import Amount
from beanquery.sources.beancount import GetAttrColumn, Table

from ledger.book.loading import Book, judged, relative_places, within
from ledger.ground.periods import Quarter
from reports.ageing import days_late
from reports.names import Names
from reports.scope import Scope
from reports.statements.exceptions import is_known_by
from reports.statements.pledges import InstalmentLine, instalment_line
from reports.statements.receipts import register

_BOOKS: dict[str, tuple[Callable[[], Book], Callable[[], date]]] = {}
"""The book behind each main file, and the day that is asked for: beanquery makes a table of the options of a ledger,
and knows no other way to it."""


def offer(path: str, book: Callable[[], Book], as_of: Callable[[], date]) -> None:
    """Make the book whose main file is `path` the one that a query on it reads, as of the day that is asked for."""
    _BOOKS[path] = book, as_of


Day = date
"""A date, in a row that has a column of that name."""


class InstalmentRow(NamedTuple):
    """A row of `instalments`."""

    instalment: str
    pledge: str
    donor: str
    category: str
    stage: str
    due: date | None
    ageing: str
    days_late: int
    currency: str
    pledged: Amount
    received: Amount
    given_up: Amount
    outstanding: Amount
    outstanding_value: Decimal


class PledgeRow(NamedTuple):
    """A row of `pledges`: one per pledge, donor and currency."""

    pledge: str
    donor: str
    category: str
    currency: str
    instalments: int
    pledged: Amount
    received: Amount
    given_up: Amount
    announced: Amount
    committed: Amount


class ReceiptRow(NamedTuple):
    """A row of `receipts`."""

    number: str
    date: date
    identified: Day | None
    donor: str
    category: str
    given: str
    value: Decimal
    charges: Decimal
    bank_reference: str
    settles: str
    purpose: str


class DonorRow(NamedTuple):
    """A row of `donors`: every registered donor."""

    code: str
    name: str
    kind: str
    category: str
    received_value: Decimal


class ExceptionRow(NamedTuple):
    """A row of `exceptions`."""

    severity: str
    rule: str
    code: str
    date: date | None
    what: str
    citation: str
    file: str


Rows = Callable[[Book, Scope], Iterable[NamedTuple]]


def _lines(book: Book, scope: Scope) -> Iterator[InstalmentLine]:
    names = Names(book.fund, scope)
    for item in book.fund.instalments.values():
        if item.opened.txn.date <= scope.as_of:
            yield instalment_line(book.fund, item, scope.as_of, names)


def _is_given_up(x: InstalmentLine) -> Decimal:
    return x.reduced + x.written_off + x.converted


def instalments(book: Book, scope: Scope) -> Iterator[InstalmentRow]:
    """Return every instalment, in the currency of its pledge."""
    for x in _lines(book, scope):
        yield InstalmentRow(
            x.instalment,
            x.pledge,
            x.donor,
            x.category,
            str(x.stage),
            x.due,
            str(x.ageing),
            days_late(x.due, scope.as_of) if x.outstanding else 0,
            x.currency,
            _amount(x.pledged + x.brought_forward, x.currency),
            _amount(x.received, x.currency),
            _amount(_is_given_up(x), x.currency),
            _amount(x.outstanding, x.currency),
            Decimal(x.announced + x.committed),
        )


def pledges(book: Book, scope: Scope) -> Iterator[PledgeRow]:
    """Sum the instalments of each pledge; what an agreement moved from one to another counts once."""
    groups: dict[tuple[str, str, str, str], list[InstalmentLine]] = {}
    for x in _lines(book, scope):
        groups.setdefault((x.pledge, x.donor, x.category, x.currency), []).append(x)
    for (pledge, donor, category, currency), result in groups.items():
        yield PledgeRow(
            pledge,
            donor,
            category,
            currency,
            len(result),
            _sum((x.pledged for x in result), currency),
            _sum((x.received for x in result), currency),
            _sum((_is_given_up(x) for x in result), currency),
            _sum((x.outstanding for x in result if x.stage == "announced"), currency),
            _sum((x.outstanding for x in result if x.stage == "committed"), currency),
        )


def receipts(book: Book, scope: Scope) -> Iterator[ReceiptRow]:
    """Return every receipt and reversal, as in the register."""
    receipts_so_far = (r for r in book.fund.receipts if r.day <= scope.as_of)
    for x in register(book.fund, receipts_so_far, Names(book.fund, scope)):
        yield ReceiptRow(
            str(x.number),
            x.day,
            x.identified,
            x.donor,
            x.category,
            str(x.given),
            Decimal(x.value),
            Decimal(x.charges),
            x.bank_reference,
            str(x.settles),
            x.purpose,
        )


def donors(book: Book, scope: Scope) -> Iterator[DonorRow]:
    """Return every donor with its category on the day, and what it contributed until then."""
    registry = book.fund.registry
    received: dict[str, Decimal] = {}
    for item in book.fund.contributions:
        if item.day <= scope.as_of:
            received[item.account.donor] = received.get(item.account.donor, Decimal(0)) + item.value
    for donor in registry.donors.values():
        standing = registry.standing(donor.code, scope.as_of)
        value = received.get(donor.account, Decimal(0))
        yield DonorRow(donor.code, donor.name_en, donor.kind, standing.category, value)


def exceptions(book: Book, scope: Scope) -> Iterator[ExceptionRow]:
    """Return every error, open point and warning."""
    for finding in judged(book, scope.as_of).findings:
        if is_known_by(finding, scope.as_of):
            yield ExceptionRow(
                finding.standing,
                finding.rule,
                finding.code,
                finding.entry.date if finding.entry else None,
                str(relative_places(book.path.parent, finding.what)),
                finding.citation,
                within(book.path.parent, finding.where),
            )


def _amount(number: Decimal, currency: str) -> Amount:
    return Amount(Decimal(number), currency)


def _sum(numbers: Iterable[Decimal], currency: str) -> Amount:
    return _amount(sum(numbers, Decimal(0)), currency)


def _columns(row: type[NamedTuple]) -> dict[str, Any]:
    """Return the columns of a table; a column that may be empty has the type of what it holds else."""
    types = {name: getattr(kind, "__args__", (kind,))[0] for name, kind in row.__annotations__.items()}
    return {name: GetAttrColumn(name, kind) for name, kind in types.items()}


def _table(name: str, row: type[NamedTuple], rows: Rows) -> None:
    """Make a table; beanquery knows it from then on."""

    def iterate(table: Any) -> Iterator[NamedTuple]:
        offer_of_book = _BOOKS.get(str(table.options.get("filename", "")))
        if offer_of_book is None:
            return iter(())
        book, day = offer_of_book[0](), offer_of_book[1]()
        return iter(rows(book, Scope(Quarter.of(day), day, published=False)))

    type(name.title(), (Table,), {"name": name, "columns": _columns(row), "__iter__": iterate})


TABLES: dict[str, tuple[type[NamedTuple], Rows]] = {
    "pledges": (PledgeRow, pledges),
    "instalments": (InstalmentRow, instalments),
    "receipts": (ReceiptRow, receipts),
    "donors": (DonorRow, donors),
    "exceptions": (ExceptionRow, exceptions),
}
"""Every table by its name, with its columns and what fills it."""
for _name, (_row, _rows) in TABLES.items():
    _table(_name, _row, _rows)
