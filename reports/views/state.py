"""The book behind the views: what the pipeline built when Fava loaded it, and the reports made of it, each made once.

Fava loads the book again when a file changes; the state takes the new one and forgets the reports. A book that cannot
be understood leaves a reason instead of a book, until it is mended.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock, RLock
from typing import TypeVar

from fava.core import FavaLedger

from ledger.book.loading import Book, adopt
from ledger.ground.errors import UnreadableBookError
from reports.bql import offer
from reports.document import Document, document
from reports.report import Report, report
from reports.scope import Scope
from reports.views.refusal import BadRequestError
from reports.views.request import requested_day

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
        self._reports: OrderedDict[Scope, tuple[Report, Document]] = OrderedDict()
        self._results: OrderedDict[Hashable, object] = OrderedDict()
        self._files: OrderedDict[Scope, bytes] = OrderedDict()
        self._lock, self._renewing = Lock(), RLock()

    def renew(self) -> None:
        """Take what Fava has loaded, once per load; who asks meanwhile waits, for a book that is half taken is none."""
        if self._entries is not self._ledger.all_entries:
            with self._renewing:
                self._renew()

    def _renew(self) -> None:
        ledger = self._ledger
        if self._entries is ledger.all_entries:
            return
        self._unreadable, self._book = "", None
        self._reports.clear()
        self._results.clear()
        self._files.clear()
        path = Path(ledger.beancount_file_path)
        offer(str(ledger.options["filename"]), lambda: self.book, requested_day)
        try:
            self._book = adopt(path, list(ledger.all_entries), list(ledger.load_errors), dict(ledger.options))
        except UnreadableBookError as error:
            self._unreadable = str(error)
        self._entries = ledger.all_entries

    @property
    def book(self) -> Book:
        """The book.

        Raises:
            BadRequestError: when it cannot be understood; Fava shows the reason.

        """
        self.renew()
        if self._book is None:
            raise BadRequestError(self._unreadable)
        return self._book

    def build_report(self, scope: Scope) -> tuple[Report, Document]:
        """Return the report of a scope, and what it says in its language."""
        book = self.book
        with self._lock:
            if scope not in self._reports:
                result = report(book, scope)
                self._reports[scope] = (result, document(result))
                while len(self._reports) > KEPT:
                    self._reports.popitem(last=False)
            self._reports.move_to_end(scope)
            return self._reports[scope]

    def printed(self, scope: Scope, make: Callable[[], bytes]) -> bytes:
        """Return a file that takes long to make, made once per load of the book."""
        if scope not in self._files:
            content = make()
            with self._lock:
                self._files[scope] = content
                while len(self._files) > KEPT:
                    self._files.popitem(last=False)
        return self._files[scope]

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for a key, made once per load of the book; a key is of one type of thing."""
        self.renew()
        with self._lock:
            if key not in self._results:
                self._results[key] = make()
                while len(self._results) > KEPT_TABLES:
                    self._results.popitem(last=False)
            self._results.move_to_end(key)
            result: T = self._results[key]  # type: ignore[assignment]
            return result
