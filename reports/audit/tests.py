"""Every test of the workbench by its name."""

from collections.abc import Callable

from ledger.book.loading import Book
from reports.audit.amounts import round_amounts, split_amounts
from reports.audit.cut_off import cut_off
from reports.audit.overrides import late_entries, overrides
from reports.audit.series import duplicates, gaps
from reports.scope import Scope
from reports.table import Table

TESTS: dict[str, Callable[[Book, Scope], Table]] = {
    "cut-off": cut_off,
    "duplicates": duplicates,
    "gaps": gaps,
    "round-amounts": round_amounts,
    "split-amounts": split_amounts,
    "late-entries": late_entries,
    "overrides": overrides,
}
"""The tests that need no more than the book and the quarter; the sample has a seed and a size besides
(`reports.audit.sampling`)."""
