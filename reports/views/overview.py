"""Overview: the fund on one page, and what needs somebody's attention."""

from dataclasses import dataclass

from markupsafe import Markup

from ledger.ground.phrases import N_, Text
from reports.ageing import IN_TIME
from reports.document import Document
from reports.report import Report
from reports.statements.dormant import DORMANT
from reports.statements.exceptions import EXCEPTIONS
from reports.statements.law import off_notes
from reports.statements.pledges import PLEDGES
from reports.statements.unclaimed import UNCLAIMED
from reports.translation import Translator
from reports.views.blocks import Block, Blocks, link, view

MAIN = ("summary", "fund_balance", "quarters", "donors", "ageing", "expected_cash")
"""The statements that it shows, by their keys."""


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that waits: what, how many, and where it is shown."""

    what: str
    count: int
    link: Markup


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows."""

    document: Document
    blocks: tuple[Block, ...]
    attention: tuple[Attention, ...]
    off: tuple[str, ...]


def overview(report_and_document: tuple[Report, Document], blocks: Blocks) -> Overview:
    """Build the page."""
    report, document = report_and_document
    main_blocks = tuple(blocks.block(document.table(key)) for key in MAIN)
    words = Translator(blocks.request.scope.language)
    off = tuple(map(words.say, off_notes(report.of[EXCEPTIONS].off)))
    return Overview(document, main_blocks, tuple(_attention(report, blocks)), off)


def _attention(report: Report, blocks: Blocks) -> list[Attention]:
    """Count the lines of the statements that wait for somebody."""
    of, words = report.of, Translator(blocks.request.scope.language)
    severities = [line.severity for line in of[EXCEPTIONS].lines]
    overdue = [line for line in of[PLEDGES].lines if line.outstanding and line.ageing not in IN_TIME]
    unclaimed = [line for line in of[UNCLAIMED].lines if line.left]
    failing = [check for check in report.checks if not check.holds]
    off = sum(len(line.rules) for line in of[EXCEPTIONS].off)
    result: list[tuple[Text, int, str, dict[str, str]]] = [
        (N_("Errors"), severities.count("error"), "Exceptions", {}),
        (N_("Open points"), severities.count("open point"), "Exceptions", {}),
        (N_("Warnings"), severities.count("warning"), "Exceptions", {}),
        (N_("Checks that fail"), len(failing), "Quarters", {"statement": "checks"}),
        (N_("Instalments overdue"), len(overdue), "Pledges", {}),
        (N_("Unclaimed receipts not identified"), len(unclaimed), "Exceptions", {}),
        (N_("Expired and inactive pledges and purposes"), len(of[DORMANT]), "Quarters", {"statement": "dormant"}),
        (N_("Rules turned off"), off, "Quarters", {"statement": "law"}),
    ]
    return [
        Attention(words.say(what), count, link(words.say(what), view(name, blocks.request, **where)))
        for what, count, name, where in result
    ]
