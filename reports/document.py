"""A report as a document in one language: what the cover says, and the tables with every text said.

Every face shows a document.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib.metadata import version

from ledger.ground.phrases import N_, Phrase, Text, layout, phrase
from reports.report import Report
from reports.statements.history import SEALS
from reports.statements.law import LAW
from reports.statements.rates_used import RATES
from reports.table import Cell, Live, Table
from reports.translation import Translator

PRELIMINARY, SEALED = N_("Preliminary and unaudited"), N_("Quarter closed and sealed; unaudited")
DRAFT = N_("DRAFT: the book has errors or open points")
KIND = N_("Quarterly report to the Permanent Council")


@dataclass(frozen=True, slots=True)
class Document:
    """A report in one language.

    `quarter`, `as_of`, `basis`, `language` and `symbol` are what it was asked for; `facts` is its cover.
    """

    code: str
    title: str
    kind: str
    unit: str
    quarter: str
    as_of: date
    basis: str
    language: str
    symbol: str
    status: str
    draft: bool
    digest: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]

    def table(self, key: str) -> Table:
        """Return a table by its key."""
        return next(table for table in self.tables if table.key == key)


def document(report: Report) -> Document:
    """Translate a report into its language."""
    scope, words = report.scope, Translator(report.scope.language)
    period = phrase("{begin} to {end} · in {unit}", begin=scope.quarter.begin, end=scope.as_of, unit=report.unit)
    return Document(
        code=report.code,
        title=report.title,
        kind=words.say(layout("{kind}, {quarter}", kind=KIND, quarter=str(scope.quarter))),
        unit=report.unit,
        quarter=str(scope.quarter),
        as_of=scope.as_of,
        basis=scope.basis.value,
        language=scope.language,
        symbol=scope.symbol,
        status=words.say(_status(report)),
        draft=report.draft,
        digest=report.of[SEALS].digest,
        facts=tuple((words.say(label), words.say(value)) for label, value in _facts(report) if value),
        tables=tuple(translate_table(table, words, period) for table in report.tables),
    )


def _status(report: Report) -> Text:
    standing = SEALED if report.of[SEALS].sealed else PRELIMINARY
    return layout("{draft} · {status}", draft=DRAFT, status=standing) if report.draft else standing


def _facts(report: Report) -> Iterator[tuple[str, Text]]:
    """Yield the lines of the cover."""
    scope = report.scope
    wrong = [finding for finding in report.findings if finding.severity == "error"]
    waiting = sum(finding.open for finding in wrong)
    sources = sorted({line.source for line in report.of[RATES] if line.source})
    if not report.has_own_name:
        yield (
            N_("Name of the fund"),
            N_("In the original language: no official name in the language of this report is on file."),
        )
    yield N_("Document"), scope.symbol or N_("Symbol to be given by the Secretariat")
    yield N_("Period"), phrase("{begin} to {end}", begin=scope.quarter.begin, end=scope.quarter.end)
    yield N_("Status"), _status(report)
    yield N_("As of"), layout("{day}", day=scope.as_of)
    yield N_("Unit of account"), report.unit
    yield N_("Basis"), scope.basis.title
    yield N_("Pledges"), N_("Shown by stage, and never added to receipts: what is received is the same on every basis.")
    yield N_("Mandate"), report.mandate
    yield (
        N_("Rounding"),
        N_(
            "None but of shares, which have six decimals: every figure is exact, and shown to the cent. A sum of converted values may differ in its last digit from the digits shown."
        ),
    )
    yield (
        N_("Errors, open points and warnings"),
        phrase(
            "errors: {errors}; open points: {waiting}; warnings: {warnings}",
            errors=len(wrong) - waiting,
            waiting=waiting,
            warnings=len(report.findings) - len(wrong),
        ),
    )
    yield N_("Exchange rates"), "; ".join(sources) or N_("No publication is cited by a rate of the quarter.")
    yield (
        N_("Rules"),
        phrase("{number} rules, in force or turned off; statement 14b prints them", number=str(len(report.of[LAW]))),
    )
    yield N_("Digest of the book"), report.of[SEALS].digest
    yield N_("Made with"), f"vfund {version('vfund')}"
    yield N_("Note"), report.note


def translate_table(table: Table, words: Translator, period: Text = "") -> Table:
    """Translate every text of a table; one without a subtitle of its own is of the period."""
    return replace(
        table,
        name=words.say(table.name),
        title=words.say(table.title),
        columns=tuple(replace(column, header=words.say(column.header)) for column in table.columns),
        rows=tuple(tuple(_cell(cell, words) for cell in row) for row in table.rows),
        total_label=words.say(table.total_label),
        subtitle=words.say(table.subtitle or period),
        notes=tuple(words.say(note) for note in table.notes),
        chart=replace(table.chart, alt=words.say(table.chart.alt)) if table.chart else None,
    )


def _cell(cell: Cell, words: Translator) -> Cell:
    if isinstance(cell, (str, Phrase)):
        return words.say(cell)
    if isinstance(cell, Live) and isinstance(cell.value, str):
        return replace(cell, value=words.say(cell.value))
    return cell


def displayed_value(cell: Cell) -> "str | Decimal | date | None":
    """Return the value that a cell shows."""
    value = cell.value if isinstance(cell, Live) else cell
    return str(value) if isinstance(value, Phrase) else value
