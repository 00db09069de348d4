"""Files brought into a book.

Each is opened, planned, judged with the whole book, and written with its original, one after the other.

Rates come first, then registers, then expenditure, then statements by their days, in whatever order they were named.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from beancount.core.data import Document, Transaction, new_metadata

from importers import formats
from importers.ground import files
from importers.ground.configuration import Configuration
from importers.ground.format import Format
from importers.ground.records import Records
from importers.ground.refusal import Mistake, RefusedFileError
from importers.plans import PLANS, plan_records
from importers.plans.plan import ImportOptions, Plan, PlanContext
from ledger.book.append import Appended, Entries, append
from ledger.book.loading import Book
from ledger.book.papers import find_places
from ledger.ground.errors import NothingNewError, RefusedEntryError
from ledger.ground.findings import Finding
from ledger.language.accounts import BANK_CHARGES
from ledger.language.kinds import CORRECTION
from ledger.model.fund import Fund


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file with its format and what it holds."""

    path: Path
    sha256: str
    format: Format[Any]
    records: Records

    @property
    def order(self) -> tuple[int, date, int, str]:
        """When its turn is."""
        return (list(PLANS).index(type(self.records)), *self.records.begins, self.path.name)


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that is not imported, and why; `findings` are those of the rules."""

    path: Path
    mistakes: tuple[Mistake, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file with its plan, and what was appended for it (None where it adds nothing)."""

    file: OpenedFile
    plan: Plan
    appended: Appended | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """What became of the files of one import, and the book after it."""

    imported: tuple[ImportedFile, ...]
    refused: tuple[RefusedFile, ...]
    book: Book


def open_files(
    paths: Sequence[Path], configuration: Configuration, encoding: str | None
) -> tuple[list[OpenedFile], list[RefusedFile]]:
    """Open every file, in the order of their turns; what cannot be read is refused."""
    opened, refused = [], []
    for path in dict.fromkeys(paths):
        try:
            source = files.read_file(path, encoding)
            opened.append(OpenedFile(path, source.sha256, *formats.open_file(source, configuration)))
        except RefusedFileError as error:
            refused.append(RefusedFile(path, error.mistakes))
    return sorted(opened, key=lambda item: item.order), refused


def import_files(
    book: Book,
    opened: Sequence[OpenedFile],
    configuration: Configuration,
    options: ImportOptions,
    *,
    dry_run: bool,
    advance: Callable[[str], None],
) -> Import:
    """Import files in their order.

    In a dry run each is judged with what the earlier ones would add. `advance` is told the name of each.
    """
    imported: list[ImportedFile] = []
    refused: list[RefusedFile] = []
    current = book
    for file in opened:
        advance(file.path.name)
        try:
            outcome = _import_file(current, file, configuration, options, dry_run=dry_run)
        except RefusedFileError as error:
            refused.append(RefusedFile(file.path, error.mistakes))
        except RefusedEntryError as error:
            refused.append(RefusedFile(file.path, (Mistake("", f"{error}."),), tuple(error.findings)))
        else:
            imported.append(outcome)
            if outcome.appended is not None:
                current = outcome.appended.book
    return Import(tuple(imported), tuple(refused), current)


def _import_file(
    book: Book, file: OpenedFile, configuration: Configuration, options: ImportOptions, *, dry_run: bool
) -> ImportedFile:
    """Plan a file against the book as it is now, and write it with its original.

    A receipt that the law does not allow is left with the unclaimed ones, and charges that nothing may bear with the
    payments, with the reason: the money has moved all the same. A book that somebody else has written to meanwhile is
    planned for again, under its lock.

    Raises:
        RefusedFileError: when the file cannot be imported.
        RefusedEntryError: when the book would not be right with it.

    """
    held: dict[str, Finding] = {}

    plans: list[Plan] = []

    def compose(fund: Fund) -> Entries:
        plans.append(plan_records(file.records, PlanContext(fund, configuration, options, file.sha256, dict(held))))
        return _with_original(book.path, file, plans[-1], options.officer)

    while True:
        try:
            appended = append(book, compose, dry_run=dry_run, author=options.officer or "")
        except NothingNewError:
            return ImportedFile(file, plans[-1])
        except RefusedEntryError as error:
            refused = _find_what_may_wait(error.findings)
            if not refused.keys() - held.keys():
                raise
            held |= refused
        else:
            return ImportedFile(file, plans[-1], appended)


def _with_original(main: Path, file: OpenedFile, plan: Plan, officer: str | None) -> Entries:
    """Return the entries of a plan with the original of its file."""
    counted = ", ".join(f"{number} {what}" for what, number in plan.counted if number)
    subject = f"import {file.path.name}: {counted}"
    if not plan.entries:
        return Entries([], subject)
    paper = find_places(main, [file.path], plan.day, "import")[0]
    meta = {"evidence-sha256": paper.sha256, "note": f"{file.format.name}: {file.path.name}"}
    meta |= {"recorded-by": officer} if officer else {}
    filed = Document(new_metadata("<vfund>", 0, meta), plan.day, plan.account, str(paper.copy), None, None)
    return Entries([*plan.entries, filed], subject, papers=[paper], superseded=plan.superseded)


def _find_what_may_wait(findings: Sequence[Finding]) -> dict[str, Finding]:
    """Return the findings by import id, where all are of entries that may wait; else none."""
    result: dict[str, Finding] = {}
    for finding in findings:
        entry = finding.entry
        if not isinstance(entry, Transaction) or "import-id" not in entry.meta or not _may_wait(entry):
            return {}
        result[str(entry.meta["import-id"])] = finding
    return result


def _may_wait(entry: Transaction) -> bool:
    """Return whether what an entry books may wait for a person.

    A receipt waits as unclaimed; bank charges, and a credit that the bank took back, as a payment to be explained.
    """
    waits = "receipt-number" in entry.meta or CORRECTION in entry.tags
    return waits or any(posting.account == BANK_CHARGES for posting in entry.postings)
