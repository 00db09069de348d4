"""A document, or a letter to a donor, as a printable page: HTML that stands alone, and the same as PDF.

Each figure has its id (`contributions.1.quarter`) and its exact value (`data-value`) beside what is shown. The evidence
is left to the workbook, the CSV and the JSON: printed it would be longer than the report.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from ledger.ground.errors import VfundError
from ledger.ground.phrases import N_, Text
from reports.document import DRAFT, Document, displayed_value
from reports.faces.drawing import drawing
from reports.faces.numbers import format_cell
from reports.letters.letters import Letter
from reports.table import Table
from reports.translation import Translator

NONE = N_("none")
UNPRINTED = frozenset({"evidence", "entries", "documents"})
WIDE, WIDEST, SHORT = 8, 12, 15
"""Columns above which a table is printed small, and smaller; rows up to which it stays on one page."""


class PdfUnavailableError(VfundError):
    """The libraries that make a PDF are not installed; the message says how to install them."""


def html(document: Document) -> str:
    """Return the page of a report."""
    words = Translator(document.language)
    return _template("page.html").render(
        document=document,
        tables=[table for table in document.tables if table.key not in UNPRINTED],
        draft=words.say(DRAFT) if document.draft else "",
        say={name: words.say(text) for name, text in _WORDS.items()},
        tabulated=lambda table: _write_table(table, document.language),
    )


def letter_html(letter: Letter) -> str:
    """Return the page of a letter."""
    return _template("letter.html").render(letter=letter, tabulated=lambda table: _write_table(table, letter.language))


def _write_table(table: Table, language: str) -> Markup:
    """Return a table with its notes."""
    columns = len(table.columns)
    text = _template("table.html").render(
        table=table,
        nothing=Translator(language).say(NONE),
        chart=drawing(table, language),
        written=lambda cell, kind, row=(): format_cell(cell, kind, language, table.decimals(row)),
        displayed_value=displayed_value,
        size=" ".join(
            name
            for name, holds in (
                ("wide", WIDE < columns <= WIDEST),
                ("widest", columns > WIDEST),
                ("short", len(table.rows) <= SHORT),
            )
            if holds
        ),
    )
    return Markup(text)  # noqa: S704 - the template escapes what it was given


def pdf(page: str, title: str) -> bytes:
    """Return a page as PDF, tagged for who cannot see it (PDF/UA).

    Raises:
        PdfUnavailableError: when Pango is not installed.

    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - loads Pango, which a machine may lack
    except OSError as error:
        raise PdfUnavailableError(
            f"{title}: a PDF needs Pango (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0); "
            "the page as HTML needs nothing, and every browser prints it"
        ) from error
    content: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return content


@cache
def _template(name: str) -> Template:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template(name)


_WORDS: dict[str, Text] = {
    "contents": N_("Contents"),
    "page": N_("page"),
    "evidence": N_(
        "The evidence of each figure (tables 15, 15a and 15b) is in the workbook, in the CSV files and in the JSON file."
    ),
}
