"""Exceptions: what is wrong, what waits, what was let pass, what lacks a document, what nobody claimed, what came late."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.book.loading import Book
from ledger.ground.phrases import N_, Text, phrase
from ledger.law.approvals import approvable
from ledger.law.evidence import entries_without_document
from reports.audit.lines import entries_table, entry_line
from reports.audit.overrides import late_entries
from reports.document import Document, translate_table
from reports.scope import Scope
from reports.statements.law import off_notes, turned_off
from reports.table import Table
from reports.translation import Translator
from reports.views.blocks import Block, Blocks


@dataclass(frozen=True, slots=True)
class ExceptionsPage:
    """Each kind of exception as a block."""

    blocks: tuple[Block, ...]


def exceptions_page(tables: Sequence[Table], document: Document, blocks: Blocks) -> ExceptionsPage:
    """Build the page of `exception_tables`."""
    own = blocks.about("exceptions")
    pending, missing, late = (own.block(one) for one in tables)
    result, waived, unclaimed = (blocks.block(document.table(key)) for key in ("exceptions", "waivers", "unclaimed"))
    return ExceptionsPage((result, pending, missing, waived, unclaimed, late))


def exception_tables(book: Book, scope: Scope) -> tuple[Table, ...]:
    """Return the tables that no statement has, said in the language.

    What waits, what lacks a document, what came late.
    """
    words = Translator(scope.language)
    tables = (_pending(book, scope), _entries_without_document(book, scope), late_entries(book, scope))
    return tuple(translate_table(one, words) for one in tables)


def _pending(book: Book, scope: Scope) -> Table:
    waiting = [x for x in approvable(book.fund) if not x.approved and x.entry.txn.date <= scope.as_of]
    lines = [
        entry_line(
            book,
            x.entry,
            phrase("recorded by {officer}; the threshold is {above}", officer=x.recorder or "?", above=x.above),
        )
        for x in waiting
    ]
    return entries_table(
        "pending",
        N_("Entries that wait for approval"),
        lines,
        subtitle=N_("Above the threshold of the rule four-eyes, without an approval of what they say now"),
        notes=_off(book, scope, "four-eyes"),
    )


def _entries_without_document(book: Book, scope: Scope) -> Table:
    lines = [
        entry_line(book, x, N_("no document on file"))
        for x in entries_without_document(book.fund)
        if x.txn.date <= scope.as_of
    ]
    return entries_table(
        "missing_evidence", N_("Entries without a document"), lines, notes=_off(book, scope, "evidence")
    )


def _off(book: Book, scope: Scope, rule: str) -> tuple[Text, ...]:
    """Say that the rule is off whose finds a table lists: its zero stands for nothing then."""
    return off_notes(turned_off(book.fund, scope.as_of, [rule]))
