"""The thin `beangulp` importers of Fava's import page: configuration, formats and plans are those of `vfund import`.

Fava saves transactions and balances only, and keeps no date in metadata (it comes back as text), so dates of recording
are left out here; registers, rates and extracts are imported on the command line. Fava hands any path to an importer,
even to a reader (API `extract`): only files in the book's folder `incoming` are looked at.
"""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import beangulp
from beancount.core.data import Directive, Transaction

from importers import formats
from importers.ground import configuration, files
from importers.ground.configuration import INCOMING, Configuration
from importers.ground.files import Source
from importers.ground.format import Format
from importers.ground.records import BankStatements
from importers.ground.refusal import RefusedFileError
from importers.plans import plan_records
from importers.plans.plan import ImportOptions, PlanContext
from ledger.book.loading import load
from ledger.law.approvals import only_finance_officer


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file of the folder `incoming` with the configuration that it was opened by.

    `refusal` is why it cannot be imported.
    """

    source: Source
    configuration: Configuration
    format: str
    statements: BankStatements
    refusal: RefusedFileError | None = None


class Incoming:
    """The folder `incoming` of a book.

    The file that was opened last is kept: Fava asks one importer after the other about it.
    """

    def __init__(self, book: Path) -> None:
        self.book = book
        self._last: IncomingFile | None = None

    def has(self, filepath: str) -> bool:
        """Return whether a file lies in the folder."""
        return Path(filepath).resolve().is_relative_to((self.book.parent / INCOMING).resolve())

    def look_at(self, filepath: str) -> IncomingFile | None:
        """Open a file as it is now; None for one that lies outside, or cannot be read at all."""
        try:
            return self.open(filepath) if self.has(filepath) else None
        except RefusedFileError:
            return None

    def open(self, filepath: str) -> IncomingFile:
        """Open a file as it is now.

        Raises:
            RefusedFileError: when it, or import.toml, cannot be read at all.

        """
        source, settings = files.read_file(Path(filepath)), configuration.read(self.book)
        last = self._last
        if last is None or (last.source, last.configuration) != (source, settings):
            last = self._last = _open(source, settings)
        return last


def _open(source: Source, settings: Configuration) -> IncomingFile:
    nothing = BankStatements(())
    try:
        form, records = formats.open_file(source, settings)
    except RefusedFileError as error:
        return IncomingFile(source, settings, error.format, nothing, error)
    finally:
        source.sheets.clear()  # the file is kept, the rows of its tables are not needed again
    statements = records if isinstance(records, BankStatements) else nothing
    return IncomingFile(source, settings, form.name, statements)


class StatementImporter(beangulp.Importer):  # type: ignore[misc]  # beangulp has no annotations
    """Imports bank statements of one format into one book."""

    def __init__(self, incoming: Incoming, format_: Format[BankStatements]) -> None:
        self.incoming = incoming
        self.format = format_

    @property
    def name(self) -> str:
        """The name by which Fava tells the importers apart."""
        return f"vfund {self.format.name}"

    def identify(self, filepath: str) -> bool:
        """Return whether a file of the folder `incoming` is in this format.

        One that is refused is too, so that Fava shows why.
        """
        file = self.incoming.look_at(filepath)
        return file is not None and file.format == self.format.name

    def account(self, filepath: str) -> str:
        """Return the account of the first statement whose number is known."""
        file = self.incoming.look_at(filepath)
        try:
            banks = configuration.index_accounts(file.configuration, load(self.incoming.book).fund) if file else None
        except RefusedFileError:
            banks = None  # `extract` says why
        statements = file.statements.statements if file and banks else ()
        return next((b.account for s in statements if banks and (b := banks.find(s.numbers))), "Assets:Bank")

    def date(self, filepath: str) -> date | None:
        """Return the day on which the last statement closes."""
        file = self.incoming.look_at(filepath)
        return max((statement.last for statement in file.statements.statements), default=None) if file else None

    def filename(self, filepath: str) -> str | None:
        """Return the name under which Fava files it."""
        return Path(filepath).name

    def extract(self, filepath: str, existing: Any) -> list[Directive]:  # noqa: ARG002 - the book itself is read
        """Plan the file against the book as it is now.

        Raises:
            ValueError: with every reason for which the file cannot be imported; Fava shows it.

        """
        if not self.incoming.has(filepath):
            raise ValueError(f"only files in the folder {INCOMING!r} of the book are imported")
        try:
            file = self.incoming.open(filepath)
            if file.refusal is not None:
                raise file.refusal
            fund = load(self.incoming.book).fund
            options = ImportOptions(os.environ.get("VFUND_OFFICER") or only_finance_officer(fund, date.today()))
            context = PlanContext(fund, file.configuration, options, file.source.sha256)
            plan = plan_records(file.statements, context)
        except RefusedFileError as error:
            raise ValueError("\n".join(str(mistake) for mistake in error.mistakes)) from error
        return [_for_fava(entry, file.source.name, number) for number, entry in enumerate(plan.entries, 1)]

    def deduplicate(self, entries: list[Directive], existing: Any) -> None:
        """Leave all: what is known is not extracted, and the default takes similar receipts for one."""

    def sort(self, entries: list[Directive], reverse: bool = False) -> None:  # noqa: FBT001, FBT002 - beangulp's signature
        """Keep the order of the plan: a receipt, then the charge on it."""


def _for_fava(entry: Directive, name: str, number: int) -> Directive:
    """Leave out what Fava cannot keep; it wants a place for every entry."""
    meta = {key: value for key, value in entry.meta.items() if not isinstance(value, date)}
    meta |= {"filename": name, "lineno": number}
    return (
        entry._replace(meta=meta, narration=entry.narration or "")
        if isinstance(entry, Transaction)
        else entry._replace(meta=meta)
    )


def importers(book: Path) -> list[StatementImporter]:
    """Return one importer per format of statements, for `CONFIG` of Fava's import page."""
    incoming = Incoming(book.absolute())
    of_statements = [form for form in formats.FORMATS if form.records is BankStatements]
    return [StatementImporter(incoming, form) for form in sorted(of_statements, key=lambda form: form.name)]
