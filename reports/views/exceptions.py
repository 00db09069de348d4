"""Exceptions: what is wrong, what waits, what was let pass, what lacks a document, what nobody claimed, what came late."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ledger.approvals import approvable
from ledger.evidence import lacking
from ledger.loading import Book, told_within, within
from ledger.phrases import N_, say
from reports.audit.lines import entries_table, entry_line
from reports.audit.overrides import late_entries
from reports.document import Document, said
from reports.scope import Scope
from reports.statements.law import SEVERITIES, known, waivers
from reports.table import Column, Kind, Table, table
from reports.views.blocks import Block, Blocks
from reports.words import Words

NAMES = ("found", "pending", "missing_evidence", "waived", "late_entries")
"""The tables that are made for this view; the unclaimed receipts are statement 9."""


@dataclass(frozen=True, slots=True)
class ExceptionsPage:
    """Each kind of exception as a block."""

    blocks: tuple[Block, ...]


def exceptions_page(made: Sequence[Table], document: Document, blocks: Blocks) -> ExceptionsPage:
    """Build the page of `exception_tables`."""
    own = blocks.about("exceptions")
    found, pending, missing, waived, late = (own.block(one) for one in made)
    unclaimed = blocks.block(document.table("unclaimed"))
    return ExceptionsPage((found, pending, missing, waived, unclaimed, late))


def exception_tables(book: Book, scope: Scope) -> tuple[Table, ...]:
    """Give the tables of `NAMES`, said in the language."""
    words = Words(scope.language)
    made = (
        _found(book, scope),
        _pending(book, scope),
        _lacking(book, scope),
        _waived(book, scope),
        late_entries(book, scope),
    )
    return tuple(said(one, words) for one in made)


def _found(book: Book, scope: Scope) -> Table:
    """Give statement 14 with the law behind each line, and how to mend it."""
    order = ("error", "open point", "warning")
    rows = [(finding.standing, finding) for finding in book.findings if known(finding, scope.as_of)]
    rows.sort(key=lambda pair: (order.index(pair[0]), pair[1].order))
    columns = [
        Column("severity", N_("Severity"), Kind.TERM, 11),
        Column("rule", N_("Rule"), Kind.TEXT, 22),
        Column("day", N_("Date"), Kind.DAY, 12),
        Column("what", N_("What"), Kind.TERM, 90),
        Column("mend", N_("How to mend it"), Kind.TEXT, 60),
        Column("citation", N_("Source of the rule"), Kind.TEXT, 40),
        Column("where", N_("Where"), Kind.TEXT, 34),
    ]
    cells = [
        (
            SEVERITIES[severity],
            f.rule,
            f.entry.date if f.entry else None,
            told_within(book.path.parent, f.what),
            f.mend,
            f.citation,
            within(book.path.parent, f.where),
        )
        for severity, f in rows
    ]
    return table(
        "found",
        "",
        N_("Exceptions"),
        N_("Errors, open points and warnings"),
        columns,
        cells,
        subtitle=say("Of all that is dated by {day}, errors first", day=scope.as_of),
    )


def _pending(book: Book, scope: Scope) -> Table:
    waiting = [x for x in approvable(book.fund) if not x.approved and x.entry.txn.date <= scope.as_of]
    lines = [
        entry_line(
            book,
            x.entry,
            say("recorded by {officer}; the threshold is {above}", officer=x.recorder or "?", above=x.above),
        )
        for x in waiting
    ]
    return entries_table(
        "pending",
        N_("Entries that wait for approval"),
        lines,
        subtitle=N_("Above the threshold of the rule four-eyes, without an approval of what they say now"),
    )


def _lacking(book: Book, scope: Scope) -> Table:
    lines = [entry_line(book, x, N_("no document on file")) for x in lacking(book.fund) if x.txn.date <= scope.as_of]
    return entries_table("missing_evidence", N_("Entries without a document"), lines)


def _waived(book: Book, scope: Scope) -> Table:
    """Give statement 14a with the line of each waiver."""
    lines = waivers(book, scope)
    given = (item.waiver for item in book.waived if item.waiver.day <= scope.as_of)
    places = [within(book.path.parent, f"{w.meta['filename']}:{w.meta['lineno']}") for w in given]
    columns = [
        Column("rule", N_("Rule"), Kind.TEXT, 26),
        Column("subject", N_("Subject"), Kind.TEXT, 30),
        Column("begins", N_("From"), Kind.DAY, 12),
        Column("expires", N_("Until"), Kind.DAY, 12),
        Column("approved_by", N_("Approved by"), Kind.TEXT, 18),
        Column("reason", N_("Reason"), Kind.TEXT, 60),
        Column("uses", N_("Lets pass"), Kind.COUNT, 10),
        Column("where", N_("Where"), Kind.TEXT, 34),
    ]
    rows = [
        (x.rule, x.subject, x.begins, x.expires, x.approved_by, x.reason, Decimal(x.uses), where)
        for x, where in zip(lines, places, strict=True)
    ]
    return table(
        "waived",
        "",
        N_("Waivers"),
        N_("Waivers"),
        columns,
        rows,
        subtitle=say("As of {day}", day=scope.as_of),
        notes=(N_("All waivers given by then; one is in force for what is dated between its two days."),),
    )
