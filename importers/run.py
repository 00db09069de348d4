"""Bring planned files into a book: judged with the whole book, written with their originals, one file after the other."""

from collections.abc import Callable, Sequence
from os.path import relpath

from beancount.core.data import Directive, Document, Transaction, new_metadata

from importers.ground.configuration import Configuration
from importers.ground.refusal import Mistake, RefusedFileError
from importers.session import Opened, Prepared, Refused, Wish, prepare
from ledger.acts.filing import place, take_away
from ledger.book.append import Appended, RefusedError, append, target_file
from ledger.book.loading import Book, load
from ledger.ground.findings import Finding
from ledger.language.accounts import BANK_CHARGES
from ledger.language.kinds import CORRECTION


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
    """Return whether what an entry books may wait: a receipt as unclaimed; bank charges, and a credit that the bank took back, as a payment to be explained."""
    waits = "receipt-number" in entry.meta or CORRECTION in entry.tags
    return waits or any(posting.account == BANK_CHARGES for posting in entry.postings)


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
