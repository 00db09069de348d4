"""Quarters: every statement of a quarter, each figure down to its entries and documents, and the downloads."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ledger.book.loading import Book
from ledger.ground.periods import Quarter, today
from ledger.ground.phrases import N_, Text, phrase
from ledger.language.nearest import did_you_mean
from reports.document import Document, translate_table
from reports.faces.numbers import format_cell
from reports.figures import Figure
from reports.report import Report
from reports.scope import Scope
from reports.table import Column, Table
from reports.translation import Translator
from reports.views.blocks import Block, Blocks, figure_at
from reports.views.donors import donor_tables, registered_table
from reports.views.donors import find as find_donor
from reports.views.entries import EntryDetail, entry_detail
from reports.views.exceptions import exception_tables
from reports.views.pledges import find as find_pledge
from reports.views.pledges import pledge_tables
from reports.views.refusal import BadRequestError
from reports.views.state import State
from reports.views.workbench import workbench_tables

SHOWN = 500
"""Entries behind a figure that are shown on one page; the others are in the evidence of the files."""


@dataclass(frozen=True, slots=True)
class QuarterPage:
    """The contents of a quarter, and one statement of it."""

    document: Document
    quarters: tuple[str, ...]
    block: Block | None


@dataclass(frozen=True, slots=True)
class FigurePage:
    """A figure with the entries behind it. `count` is how many there are."""

    place: str
    table: Table
    column: Column
    value: Decimal
    amount: str
    entries: tuple[EntryDetail, ...]
    count: int


def quarter_page(book: Book, document: Document, blocks: Blocks, key: str) -> QuarterPage:
    """Build the page of a quarter.

    Raises:
        BadRequestError: when there is no such statement.

    """
    keys = {table.key for table in document.tables}
    if key and key not in keys:
        suggestion = did_you_mean(key, keys)
        raise BadRequestError(phrase("there is no statement {name!r}; {suggestion}", name=key, suggestion=suggestion))
    block = blocks.block(document.table(key)) if key else None
    return QuarterPage(document, tuple(map(str, quarters_of(book))), block)


def quarters_of(book: Book) -> list[Quarter]:
    """Return the quarters from the first entry of the book to today, the newest first."""
    newest = Quarter.of(today())
    result, last = [], min((Quarter.of(entry.txn.date) for entry in book.fund.entries), default=newest)
    while last <= newest:
        result.append(last)
        last = last.after()
    return result[::-1]


def figure_page(book: Book, tables: Sequence[Table], place: str, blocks: Blocks) -> FigurePage:
    """Build the page of a figure.

    Raises:
        BadRequestError: when there is no such figure.

    """
    result = figure_at(tables, place)
    if result is None:
        raise BadRequestError(
            phrase(
                "there is no figure {name!r} in this quarter; a figure is named such as contributions.1.quarter",
                name=place,
            )
        )
    table, column, value = result
    entries = sorted(value.entries, key=lambda entry: entry.txn.date) if isinstance(value, Figure) else []
    documents = book.fund.documents
    details = tuple(entry_detail(book.fund, entry, blocks, documents) for entry in entries[:SHOWN])
    return FigurePage(
        place,
        table,
        column,
        value,
        format_cell(value, column.kind, blocks.request.scope.language),
        details,
        len(entries),
    )


def tables_of(state: State, report_and_document: tuple[Report, Document], scope: Scope, of: str) -> Sequence[Table]:
    """Return the tables that a figure may stand in.

    Those of the quarter, of a `donor:CODE`, a `pledge:ID`, or of another view.
    """
    return state.keep(
        (scope, report_and_document[1].digest, of), lambda: _tables_of(state.book, report_and_document, scope, of)
    )


def _tables_of(book: Book, report_and_document: tuple[Report, Document], scope: Scope, of: str) -> Sequence[Table]:
    words = Translator(scope.language)
    kind, _, name = of.partition(":")
    if kind == "donor":
        return donor_tables(book.fund, find_donor(book.fund, name), scope)
    if kind == "pledge":
        return pledge_tables(book.fund, find_pledge(book.fund, name), scope)
    if kind == "exceptions":
        return exception_tables(book, scope)
    if kind == "workbench":
        return workbench_tables(book, report_and_document, scope, name)
    return (*report_and_document[1].tables, translate_table(registered_table(book.fund, scope), words))


DOWNLOADS: tuple[tuple[str, Text], ...] = (
    ("xlsx", N_("Workbook")),
    ("html", N_("Page")),
    ("pdf", N_("PDF")),
    ("csv", N_("CSV")),
    ("json", N_("JSON")),
    ("iati", N_("IATI")),
)
"""What can be downloaded, by format."""
