"""A document as a printable page: HTML that stands alone, and the same as PDF.

Each figure has its id (`contributions.1.quarter`) and its exact value (`data-value`) beside what is shown. The evidence is left to the workbook, the CSV
and the JSON: printed it would be longer than the report.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from reports.document import DRAFT, Document, shown
from reports.faces.numbers import written
from reports.table import Kind
from reports.words import N_, Text, Words, say

UNPRINTED = frozenset({"evidence", "entries", "documents"})
WIDE, WIDEST = 8, 12
"""Columns from which a table is printed small, and smaller."""


class NoPdfError(Exception):
    """The libraries that make a PDF are not installed; the message says how to install them."""


def html(document: Document) -> str:
    """Give the page."""
    words = Words(document.language)
    return _template("page.html").render(
        document=document,
        tables=[table for table in document.tables if table.key not in UNPRINTED],
        draft=words.say(DRAFT) if document.draft else "",
        say=_Sayer(words),
        written=lambda cell, kind: written(cell, kind, document.language),
        shown=shown,
        size=lambda table: "widest" if len(table.columns) > WIDEST else "wide" if len(table.columns) > WIDE else "",
        Kind=Kind,
    )


def pdf(page: str, title: str) -> bytes:
    """Give a page as PDF, tagged for who cannot see it (PDF/UA).

    Raises:
        NoPdfError: when Pango is not installed.

    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - loads Pango, which a machine may lack
    except OSError as error:
        raise NoPdfError(
            f"{title}: a PDF needs Pango (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0); "
            "the page as HTML needs nothing, and every browser prints it"
        ) from error
    made: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return made


@cache
def _template(name: str) -> Template:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template(name)


class _Sayer:
    """The page's own words, by a name that its template uses."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def __getitem__(self, name: str) -> str:
        return self._words.say(_WORDS[name])


_WORDS: dict[str, Text] = {
    "contents": N_("Contents"),
    "none": N_("none"),
    "page": N_("page"),
    "of": say("of {whole}", whole=""),
    "digest": N_("Digest of the book"),
    "evidence": N_(
        "The evidence of each figure (tables 15, 15a and 15b) is in the workbook, in the CSV files and in the JSON file."
    ),
}
