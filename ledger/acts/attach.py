"""File documents as the evidence of an entry."""

from pathlib import Path

from ledger.acts import values
from ledger.acts.act import Act, Field
from ledger.acts.filing import documents_of
from ledger.book.append import Entries
from ledger.model.entries import Entry


class Attach(Act):
    """File FILES as the evidence of ENTRY: a receipt number, a pledge or other link, FILE:LINE, or the digits of its digest.

    The files are copied under `documents/`, and their SHA-256 is recorded; Fava shows them beside the entry.
    """

    name = "attach"
    example = "vfund attach R-2026-0001 notice.pdf"

    entry = Field[Entry](values.ENTRY, "Entry: a receipt number, a link, or its digits", argument=True)
    files = Field[list[Path]](values.DOCUMENT, "Document (a file)", argument=True, many=True, optional=False)

    def entries(self) -> Entries:
        """Return the documents."""
        return documents_of(self.fund, self.entry.txn, self.files, self.officer)
