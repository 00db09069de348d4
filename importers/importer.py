"""The thin `beangulp` importers that Fava's import page uses: the same configuration, readers and matcher as `vfund import`.

Fava saves transactions and balances only, and keeps no date in metadata (it comes back as text), so dates of recording are left out here; registers, rates
and extracts are imported on the command line. Fava hands any path to an importer, even to a reader (API `extract`): only files in the book's folder
`incoming` are looked at.
"""

import os
from datetime import date
from pathlib import Path
from typing import Any

import beangulp
from beancount.core.data import Directive, Transaction

from importers import formats
from importers.formats import STATEMENTS, Format
from importers.ground import configuration, files
from importers.ground.configuration import INCOMING
from importers.ground.records import Statement
from importers.ground.refusal import RefusedFileError
from importers.plans.planning import Planner, Request
from ledger.book.loading import load
from ledger.law.approvals import only_finance_officer


class StatementImporter(beangulp.Importer):  # type: ignore[misc]  # beangulp has no annotations
    """Imports bank statements of one format into one book."""

    def __init__(self, book: Path, format_: Format) -> None:
        self.book = book
        self.format = format_

    @property
    def name(self) -> str:
        """Give the name by which Fava tells the importers apart."""
        return f"vfund {self.format.value}"

    def identify(self, filepath: str) -> bool:
        """Tell whether a file of the folder `incoming` is in this format."""
        if not self._ours(filepath):
            return False
        try:
            source = files.read_file(Path(filepath))
            inside = files.read_members(source)
            return formats.recognise(inside[0], configuration.read(self.book)) is self.format
        except RefusedFileError:
            return False

    def account(self, filepath: str) -> str:
        """Give the account of the first statement."""
        banks = configuration.index_accounts(configuration.read(self.book))
        found = next((b for s in self._statements(filepath) if (b := banks.find(s.numbers))), None)
        return found.account if found else "Assets:Bank"

    def date(self, filepath: str) -> date | None:
        """Give the day on which the last statement closes."""
        return max((statement.last for statement in self._statements(filepath)), default=None)

    def filename(self, filepath: str) -> str | None:
        """Give the name under which Fava files it."""
        return Path(filepath).name

    def extract(self, filepath: str, existing: Any) -> list[Directive]:  # noqa: ARG002 - the book itself is read
        """Plan the file against the book as it is now.

        Raises:
            ValueError: with every reason for which the file cannot be imported; Fava shows it.

        """
        if not self._ours(filepath):
            raise ValueError(f"only files in the folder {INCOMING!r} of the book are imported")
        try:
            source = files.read_file(Path(filepath))
            found = configuration.read(self.book)
            fund = load(self.book).fund
            by = os.environ.get("VFUND_OFFICER") or only_finance_officer(fund, date.today())
            plan = Planner(fund, found, Request(source.sha256, by)).plan(formats.statements(source, found))
        except RefusedFileError as error:
            raise ValueError("\n".join(str(mistake) for mistake in error.mistakes)) from error
        return [_for_fava(entry, source.name, number) for number, entry in enumerate(plan.entries, 1)]

    def deduplicate(self, entries: list[Directive], existing: Any) -> None:
        """Leave all: identity is exact, and what is known is not extracted (the default takes similar receipts for one)."""

    def sort(self, entries: list[Directive], reverse: bool = False) -> None:  # noqa: FBT001, FBT002 - beangulp's signature
        """Keep the order of the plan: a receipt, then the charge on it."""

    def _ours(self, filepath: str) -> bool:
        return Path(filepath).resolve().is_relative_to((self.book.parent / INCOMING).resolve())

    def _statements(self, filepath: str) -> list[Statement]:
        try:
            return (
                formats.statements(files.read_file(Path(filepath)), configuration.read(self.book))
                if self._ours(filepath)
                else []
            )
        except RefusedFileError:
            return []


def _for_fava(entry: Directive, name: str, number: int) -> Directive:
    """Leave out what Fava cannot keep; it wants a place for every entry."""
    kept = {key: value for key, value in entry.meta.items() if not isinstance(value, date)}
    kept |= {"filename": name, "lineno": number}
    return (
        entry._replace(meta=kept, narration=entry.narration or "")
        if isinstance(entry, Transaction)
        else entry._replace(meta=kept)
    )


def importers(book: Path) -> list[StatementImporter]:
    """Give one importer per format of statements, for `CONFIG` of Fava's import page."""
    return [StatementImporter(book.absolute(), known) for known in sorted(STATEMENTS, key=lambda item: item.value)]
