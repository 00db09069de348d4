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
        self._made: OrderedDict[Scope, tuple[Report, Document]] = OrderedDict()
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._printed: OrderedDict[Scope, bytes] = OrderedDict()
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
        self._made.clear()
        self._kept.clear()
        self._printed.clear()
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
            if scope not in self._made:
                result = report(book, scope)
                self._made[scope] = (result, document(result))
                while len(self._made) > KEPT:
                    self._made.popitem(last=False)
            self._made.move_to_end(scope)
            return self._made[scope]

    def printed(self, scope: Scope, make: Callable[[], bytes]) -> bytes:
        """Return a file that takes long to make, made once per load of the book."""
        if scope not in self._printed:
            content = make()
            with self._lock:
                self._printed[scope] = content
                while len(self._printed) > KEPT:
                    self._printed.popitem(last=False)
        return self._printed[scope]

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for a key, made once per load of the book; a key is of one type of thing."""
        self.renew()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
                while len(self._kept) > KEPT_TABLES:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            result: T = self._kept[key]  # type: ignore[assignment]
            return result
