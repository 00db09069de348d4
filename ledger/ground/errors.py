"""Everything that this program raises for a reason of its own.

    VfundError
    ├── InvalidAmountError        a text is no amount, number or quarter of the kind that is expected
    ├── InvalidQuarterError
    ├── InvalidEntryError         what an act is asked for cannot be put into an entry
    ├── InvalidDocumentError      a file cannot be filed
    ├── UnreadableBookError       Beancount itself fails on the book
    ├── BookLockedError           somebody else is writing to the book
    ├── RefusedEntryError         the book would not be right with the new entries
    ├── NothingNewError           there are no entries to add
    ├── RefusedFileError          a file cannot be imported            (importers.ground.refusal)
    │   └── UnsureError           something of it has to be said first (importers.learning.days)
    ├── DayOutsideQuarterError    a report is asked for as of a day outside its quarter   (reports.scope)
    ├── MissingReceiptError       a letter is asked for what the book does not have       (reports.letters.letters)
    ├── NothingOverdueError
    ├── MissingFundError          the book does not say whose it is    (reports.faces.iati)
    ├── PdfUnavailableError       the libraries of the PDF are missing (reports.faces.page)
    ├── InvalidReportError        a file is no report of this program  (reports.faces.json_file)
    ├── ForeignWorkbookError      a file is no workbook of this program (reports.faces.workbook.compare)
    ├── ReportMismatchError       a file is the report of something else (reports.verification)
    ├── UnansweredQueryError      a query cannot be worked out         (reports.views.limits)
    │   └── QueryLimitError       it took too long, or too much
    ├── BadRequestError           a page is asked for that there is not (reports.views.refusal)
    ├── MissingTranslationError   defects of this program              (reports.translation)
    └── MissingValueError                                              (reports.faces.workbook.finish)

What is wrong with a *book* is no error but a finding (`ledger.ground.findings`). The message of an error may be a
phrase, which a door says in the reader's language (`ledger.ground.phrases.text_of`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.ground.findings import Finding
    from ledger.ground.phrases import Text


class VfundError(Exception):
    """The base of all errors of this program."""


class InvalidAmountError(VfundError, ValueError):
    """The text is not a positive amount of one currency, or not a number of the kind that is expected."""


class InvalidQuarterError(VfundError, ValueError):
    """The text does not name a quarter."""


class InvalidEntryError(VfundError, ValueError):
    """What was asked for cannot be put into an entry; the message says what to give instead."""


class InvalidDocumentError(VfundError, ValueError):
    """The file cannot be filed; the message says why."""


class UnreadableBookError(VfundError):
    """Beancount itself fails on the book; the message says on what."""


class BookLockedError(VfundError):
    """Somebody else is writing to the book."""


class NothingNewError(VfundError):
    """There are no entries to add: somebody else has recorded them meanwhile."""


class RefusedEntryError(VfundError):
    """The book would not be right with the new entries; `findings` say why. Nothing was written."""

    def __init__(self, message: "Text", findings: "Sequence[Finding]" = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)
