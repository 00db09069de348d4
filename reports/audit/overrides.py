"""Late entries and overrides: what was recorded long after it happened, and where somebody set a rule aside.

Source: ISA 240 (2009), 32 (a) and its application material: management override of controls; entries recorded at the
end of a period or after its closing. House rule: late is more than thirty days between what happened and its recording.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.book.loading import Book, within
from ledger.ground.phrases import N_, Text, phrase
from ledger.language.models import Directive
from ledger.model.numbering import recorded
from reports.audit.cut_off import happened
from reports.audit.lines import entries_table, entry_line
from reports.scope import Scope
from reports.table import Column, ColumnType, Table, table

LATE = timedelta(days=30)


def late_entries(book: Book, scope: Scope) -> Table:
    """List the entries of the quarter that were recorded long after they happened, the latest first."""
    result = [
        (recorded(entry.txn) - happened(entry), entry)
        for entry in book.fund.entries
        if scope.quarter.begin <= entry.txn.date <= scope.as_of and recorded(entry.txn) - happened(entry) > LATE
    ]
    lines = [
        entry_line(
            book, entry, phrase("recorded on {day}, {count} days later", day=recorded(entry.txn), count=late.days)
        )
        for late, entry in sorted(result, key=lambda pair: -pair[0])
    ]
    return entries_table(
        "late_entries",
        N_("Late entries"),
        lines,
        subtitle=N_("Recorded more than thirty days after what happened"),
    )


def overrides(book: Book, scope: Scope) -> Table:
    """List what sets a rule aside, or changes what was reported, up to the day of the report."""
    rows = sorted(_overrides(book, scope), key=lambda row: (row[0], row[5]))
    columns = [
        Column("day", N_("Date"), ColumnType.DAY, 12),
        Column("kind", N_("Kind"), ColumnType.TERM, 22),
        Column("what", N_("What"), ColumnType.TEXT, 44),
        Column("by", N_("By"), ColumnType.TEXT, 20),
        Column("reason", N_("Reason"), ColumnType.TEXT, 60),
        Column("where", N_("Where"), ColumnType.TEXT, 34),
    ]
    return table(
        "overrides",
        "",
        N_("Overrides"),
        N_("Overrides: rules waived or turned off, quarters reopened, entries taken back"),
        columns,
        rows,
        subtitle=phrase("Up to {day}", day=scope.as_of),
    )


def _overrides(book: Book, scope: Scope) -> Iterator[tuple[date, Text, str, str, str, str]]:
    fund, folder = book.fund, book.path.parent

    def place(item: Directive) -> str:
        return within(folder, f"{item.meta['filename']}:{item.meta['lineno']}")

    for waiver in fund.directives.waivers:
        yield (
            waiver.day,
            N_("waiver"),
            f"{waiver.rule}: {waiver.subject}",
            waiver.approved_by,
            waiver.reason,
            place(waiver),
        )
    for rule in fund.law.rules:
        if rule.severity == "off":
            yield rule.day, N_("rule turned off"), f"{rule.rule}: {rule.category}", "", rule.reason or "", place(rule)
    for item in fund.directives.reopenings:
        yield item.day, N_("reopening"), item.quarter, item.approved_by, item.reason, place(item)
    for entry in fund.entries:
        if entry.reversal and scope.quarter.begin <= entry.txn.date <= scope.as_of:
            meta = entry.txn.meta
            yield (
                entry.txn.date,
                N_("correction"),
                entry.txn.narration or "",
                str(meta.get("recorded-by") or ""),
                str(meta.get("reason") or ""),
                within(folder, entry.place),
            )
