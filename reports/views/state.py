"""The book behind the views: what the pipeline built when Fava loaded it, and the reports made of it, each made once.

Fava loads the book again when a file changes; the state takes the new one and forgets the reports. A book that cannot be understood leaves a reason
instead of a book, until it is mended.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import TypeVar

from fava.core import FavaLedger

from ledger.loading import Book, UnreadableError, adopt
from reports.bql import offer
from reports.document import Document, document
from reports.scope import Scope
from reports.statements.report import Report, report
from reports.views.asked import day_asked
from reports.views.refused import AskedError

KEPT = 6
"""Reports that are kept: one has every statement of a quarter in one language."""
KEPT_TABLES = 24
"""Other tables that are kept, such as the tests of the workbench."""
T = TypeVar("T")


class State:
    """The book of one ledger, and what was made of it."""

    def __init__(self, ledger: FavaLedger) -> None:
        self._ledger = ledger
        self._entries: object = None
        self._book: Book | None = None
        self._unreadable = ""
        self._made: OrderedDict[Scope, tuple[Report, Document]] = OrderedDict()
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def renew(self) -> None:
        """Take what Fava has loaded, once per load."""
        ledger = self._ledger
        if self._entries is ledger.all_entries:
            return
        self._entries, self._unreadable, self._book = ledger.all_entries, "", None
        self._made.clear()
        self._kept.clear()
        path = Path(ledger.beancount_file_path)
        offer(str(ledger.options["filename"]), lambda: self.book, day_asked)
        try:
            self._book = adopt(path, list(ledger.all_entries), list(ledger.load_errors), dict(ledger.options))
        except UnreadableError as error:
            self._unreadable = str(error)

    @property
    def book(self) -> Book:
        """The book.

        Raises:
            AskedError: when it cannot be understood; Fava shows the reason.

        """
        self.renew()
        if self._book is None:
            raise AskedError(self._unreadable)
        return self._book

    def made(self, scope: Scope) -> tuple[Report, Document]:
        """Give the report of a scope, and what it says in its language."""
        book = self.book
        with self._lock:
            if scope not in self._made:
                found = report(book, scope)
                self._made[scope] = (found, document(found))
                while len(self._made) > KEPT:
                    self._made.popitem(last=False)
            self._made.move_to_end(scope)
            return self._made[scope]

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what was made for a key, made once per load of the book; a key is of one type of thing."""
        self.renew()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
                while len(self._kept) > KEPT_TABLES:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            found: T = self._kept[key]  # type: ignore[assignment]
            return found
