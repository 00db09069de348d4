"""Import files into a book, one after the other: each is planned, judged with the whole book, and written with its original, or not at all.

Rates come first, then registers, then expenditure, then statements by their days, in whatever order they were given.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from os.path import relpath
from pathlib import Path

from beancount.core.amount import Amount
from beancount.core.data import Directive, Document, Transaction, new_metadata

from app.filing import place, take_away
from importers import configuration, files, formats, pledging, publication, spending
from importers.configuration import Configuration
from importers.files import Source
from importers.formats import STATEMENTS, Format
from importers.planning import Outcome, Plan, Planner, Request, What
from importers.readers import expenditure, rates, register
from importers.records import Statement
from importers.refusal import Mistake, RefusedFileError
from ledger.accounts import BANK_CHARGES, CONTRA, PAYABLE, Role, account
from ledger.append import Appended, RefusedError, append, target_file
from ledger.findings import Finding
from ledger.loading import Book, load
from ledger.money import ZERO, show, show_number

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
    today: date = field(default_factory=date.today)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with its format, and its statements when it has some."""

    path: Path
    source: Source
    format: Format
    statements: tuple[Statement, ...] = ()

    @property
    def order(self) -> tuple[int, date, str]:
        """Give when its turn is."""
        first = min((statement.first for statement in self.statements), default=date.min)
        return (_ORDER.index(self.format) if self.format in _ORDER else len(_ORDER), first, self.path.name)


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
            source = files.take(path, encoding)
            inside = files.members(source)
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
    if item.format is Format.RATES:
        prepared, count, totals = _rates(book, item, settings, wish)
    elif item.format is Format.PLEDGES:
        pledged = pledging.plan(book.fund, register.read(item.source), wish.officer, wish.today)
        counted = (("pledges added", len(pledged.transactions)), (What.KNOWN.value, pledged.known))
        prepared = Prepared(item, tuple(pledged.transactions), counted=counted, account=CONTRA)
        count, totals = pledged.rows, pledged.totals
    elif item.format is Format.EXPENDITURE:
        lines = expenditure.read(item.source, settings.expenditure)
        extract = spending.plan(book.fund, lines, settings.expenditure, wish.officer, wish.today)
        counted = (("expenditures added", len(extract.transactions)), (What.KNOWN.value, extract.known))
        prepared = Prepared(item, tuple(extract.transactions), counted=counted, account=PAYABLE)
        count, totals = len(lines), {extract.currency: extract.total}
    else:
        request = Request(item.source.sha256, wish.officer, wish.today, wish.opening, wish.bank, held or {})
        prepared = _statements(item, Planner(book.fund, settings, request).plan(item.statements))
        count, totals = sum(len(s.booked) for s in item.statements), _nets(item.statements)
    _control(wish, count, totals)
    return prepared


def _rates(book: Book, item: Opened, settings: Configuration, wish: Wish) -> tuple[Prepared, int, dict[str, Decimal]]:
    published = rates.read(item.source)
    wanted = publication.used(book.fund) | set(settings.rates.currencies) | set(wish.currencies)
    taken = publication.take(book.fund, published, item.source.sha256, wanted)
    notes = []
    if taken.left:
        notes.append(
            f"{len(taken.left)} other currencies of the publication are not used in the book and were left; --currency EUR takes one in"
        )
    bank = next((name for name in book.fund.contents.opens if account(name).role is Role.BANK), "")
    counted = (("rates added", len(taken.prices)), (What.KNOWN.value, taken.known))
    return (
        Prepared(item, tuple(taken.prices), counted=counted, account=bank, notes=tuple(notes)),
        len(published.rates),
        {},
    )


def _statements(item: Opened, plan: Plan) -> Prepared:
    counts = Counter(outcome.what for outcome in plan.outcomes)
    counted = tuple((what.value, counts[what]) for what in What if counts[what])
    bank = next((outcome.bank for outcome in plan.outcomes), "")
    if not bank and plan.entries:
        bank = next(e.account for e in plan.entries if not isinstance(e, Transaction))
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


def bring(
    book: Book, item: Opened, settings: Configuration, wish: Wish, apply: Callable[[Prepared], Appended]
) -> tuple[Prepared, Appended | None]:
    """Plan a file and apply the plan (write it, or judge the book with it).

    A receipt that the law does not allow is left with the unclaimed ones, and charges that nothing may bear with the payments, with the reason: the money has
    moved all the same.

    Raises:
        RefusedFileError: when the file cannot be imported.
        RefusedError: when the book would not be right with it.

    """
    held: dict[str, str] = {}
    while True:
        prepared = prepare(book, item, settings, wish, held)
        if not prepared.entries:
            return prepared, None
        try:
            return prepared, apply(prepared)
        except RefusedError as error:
            more = _not_allowed(error.findings)
            if not more.keys() - held.keys():
                raise
            held |= more


def _not_allowed(findings: Sequence[Finding]) -> dict[str, str]:
    """Give the import ids of receipts and charges that the rules refuse, with the reason; nothing when something else is refused too."""
    found: dict[str, str] = {}
    for finding in findings:
        entry = finding.entry
        if not isinstance(entry, Transaction) or "import-id" not in entry.meta or not _can_wait(entry):
            return {}
        found[str(entry.meta["import-id"])] = finding.message
    return found


def _can_wait(entry: Transaction) -> bool:
    """Tell a receipt, which may wait as unclaimed, and bank charges, which may wait as a payment to be explained."""
    return "receipt-number" in entry.meta or any(posting.account == BANK_CHARGES for posting in entry.postings)


def write(book: Book, prepared: Prepared, officer: str | None) -> Appended:
    """Append what was prepared, and file the original with it.

    Raises:
        RefusedError: when the book has changed so that it would not be right.

    """
    item = prepared.opened
    day = max(
        (entry.date for entry in prepared.entries if isinstance(entry, Transaction)), default=prepared.entries[0].date
    )
    kept = place(book, item.path, day, "import")
    try:
        meta = {
            "evidence-sha256": kept.sha256,
            "note": f"{item.format.value}: {item.path.name}",
            "recorded-by": officer,
        }
        entries = list(prepared.entries)
        name = relpath(kept.path, target_file(book.path, entries).parent)
        filed = Document(
            new_metadata("<vfund>", 0, {k: v for k, v in meta.items() if v}), day, prepared.account, name, None, None
        )
        subject = f"import {item.path.name}: " + ", ".join(
            f"{number} {what}" for what, number in prepared.counted if number
        )
        return append(book, [*entries, filed], subject, author=officer or "", also=[kept.path])
    except BaseException:
        take_away([kept])
        raise


def run(
    book: Book,
    opened: Sequence[Opened],
    settings: Configuration,
    wish: Wish,
    *,
    dry_run: bool,
    advance: Callable[[str], None],
) -> tuple[list[tuple[Prepared, Appended | None]], list[Refused], Book]:
    """Import files in their order; in a dry run each is judged with what the earlier ones would add. Gives also the book after it."""
    done: list[tuple[Prepared, Appended | None]] = []
    refused: list[Refused] = []
    before: list[Directive] = []
    current = book

    def judge(prepared: Prepared) -> Appended:
        return append(book, [*before, *prepared.entries], "", dry_run=True)

    def record(prepared: Prepared) -> Appended:
        return write(current, prepared, wish.officer)

    for item in opened:
        advance(item.path.name)
        try:
            prepared, appended = bring(current, item, settings, wish, judge if dry_run else record)
            done.append((prepared, appended))
            if appended is None:
                continue
            before += prepared.entries
            current = appended.book if dry_run else load(book.path)
        except RefusedFileError as error:
            refused.append(Refused(item.path, error.mistakes))
        except RefusedError as error:
            refused.append(Refused(item.path, (Mistake("", f"{error}."),), tuple(error.findings)))
    return done, refused, current


def settings_of(book: Book) -> Configuration:
    """Read the configuration of a book.

    Raises:
        RefusedFileError: with every mistake in it.

    """
    return configuration.read(book.path)
