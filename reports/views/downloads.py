"""What the views hand out: the published report in each format and language, a table as CSV, and evidence bundles."""

from collections.abc import Sequence
from io import BytesIO

from flask import Response, send_file

from ledger.book.loading import Book
from reports.bundle import quarter_bundle, sample_bundle
from reports.document import Document
from reports.faces import csv_files
from reports.faces.every import FORMATS, faces, stem
from reports.faces.iati import MissingFundError
from reports.faces.page import PdfUnavailableError
from reports.figures import Figure
from reports.report import Report
from reports.scope import Scope
from reports.table import Table
from reports.translation import LANGUAGES
from reports.views.limits import print_apart
from reports.views.refusal import BadRequestError
from reports.views.request import ViewRequest, one_of, word
from reports.views.state import State

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".zip": "application/zip",
    ".xml": "application/xml",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".csv": "text/csv",
}


def scope_to_publish(of: ViewRequest) -> Scope:
    """Return the scope of what leaves the house.

    No donor is named that asked not to be, in the language that is asked for.
    """
    language = word("lang") or of.scope.language
    if language not in LANGUAGES:
        raise BadRequestError(one_of("lang", LANGUAGES))
    return Scope.of(of.scope.quarter, of.scope.as_of, of.scope.basis, language)


def file_of(state: State, scope: Scope) -> Response:
    """Return the report as a file of a format.

    Raises:
        BadRequestError: when the format is none, or cannot be made here; the message says why.

    """
    name = word("format")
    if name not in FORMATS:
        raise BadRequestError(one_of("format", FORMATS))
    report, document = state.build_report(scope)

    def make() -> bytes:
        ((_, content),) = faces(state.book.fund, scope, document, [name])
        return content

    try:
        content = state.printed(scope, lambda: print_apart(make)) if name == "pdf" else make()
    except (PdfUnavailableError, MissingFundError) as error:
        raise BadRequestError(str(error)) from error
    return send_download(content, f"{stem(document.code, scope, draft=report.draft)}{FORMATS[name]}")


def csv_of(table: Table, document: Document) -> Response:
    """Return a table as CSV."""
    return send_download(csv_files.statement(table), f"{document.code}-{document.quarter}-{csv_files.name(table)}.csv")


def bundle_of(book: Book, scope: Scope, report_and_document: tuple[Report, Document]) -> Response:
    """Return the evidence bundle of a quarter."""
    report, document = report_and_document
    content = quarter_bundle(book, scope, document, draft=report.draft)
    return send_download(content, f"{stem(document.code, scope, draft=report.draft)}-evidence.zip")


def table_bundle_of(book: Book, scope: Scope, document: Document, tables: Sequence[Table]) -> Response:
    """Return the evidence bundle of a sample with its population, or of a test.

    Its tables, the entries of the first and their documents.
    """
    rows = tables[0].rows
    result = dict.fromkeys(entry for row in rows for cell in row if isinstance(cell, Figure) for entry in cell.entries)
    content = sample_bundle(book, scope, document, tables, result)
    return send_download(content, f"{document.code}-{document.quarter}-{tables[0].key}-evidence.zip")


def send_download(content: bytes, name: str) -> Response:
    """Send a file to be saved under a name: a page that somebody saved is not run in the place of ours."""
    kind = _TYPES[f".{name.rpartition('.')[2]}"]
    return send_file(BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)
