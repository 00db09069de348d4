"""The one book that is served, under an address that stays: read again when a file of it changed.

Each time it is read anew as a whole, and takes the place of the one before only when it could be read: while a file is
away, or may not be read, the last good book stays, and every page says so (`trouble`). Fava's own watcher forgets a
file that is not there and does not see a new one beside it, and takes the address from the title, which a broken book
does not have. Who asks while it is read gets the book as it was.
"""

import os
from collections.abc import ItemsView, Iterable
from pathlib import Path
from threading import Lock
from time import time_ns

from fava.application import _slug
from fava.core import FavaLedger
from fava.core.watcher import WatcherBase

from ledger.ground.errors import UnreadableBookError

Stamp = tuple[int, int, int] | None
AGAIN = "Beancount could not read it"


class OneBook:
    """What Fava asks for its books: here it is always the same one."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, Lock()
        self._files = Files(path)
        self.trouble = ""
        """Why the book as it is now cannot be read; empty when it was."""
        self._ledger = self._read()
        self._address = _slug(self._ledger)

    def refresh(self) -> None:
        """Read the book again when it changed, or when it could not be read.

        One reader does, the others go on with the last good one.
        """
        if not self._lock.acquire(blocking=False):
            return
        try:
            if self._files.check() or self.trouble:
                try:
                    self._ledger, self.trouble = self._read(), ""
                    self._address = _slug(self._ledger)
                except UnreadableBookError as error:
                    self.trouble = str(error)
        finally:
            self._lock.release()

    def _read(self) -> FavaLedger:
        """Read the book.

        Raises:
            UnreadableBookError: when a file of it is away or may not be read, or Beancount fails on it.

        """
        if not os.access(self._path, os.R_OK):
            raise UnreadableBookError(f"{self._path.name} is away, or may not be read by this server")
        try:
            ledger = FavaLedger(str(self._path), poll_watcher=True)
        except Exception as error:  # Beancount has no error of its own for a file that it may not read
            raise UnreadableBookError(f"{AGAIN}: {_plain(error, self._path.parent)}") from error
        ledger.watcher = Still(time_ns())  # type: ignore[assignment]  # Fava names its two kinds; any of the base does
        self._files.update(*ledger.paths_to_watch())
        closed = [name for name in ledger.options["include"] if not os.access(name, os.R_OK)]
        if closed or not ledger.all_entries:
            which = ", ".join(Path(name).name for name in closed) or f"{self._path.name} holds no entry"
            raise UnreadableBookError(f"{which}: it cannot be read, or is empty")
        return ledger

    @property
    def ledgers(self) -> list[FavaLedger]:
        """The book."""
        return [self._ledger]

    def first_slug(self) -> str:
        """Return the address of the book."""
        return self._address

    def items(self) -> ItemsView[str, FavaLedger]:
        """Return the book under its address."""
        return {self._address: self._ledger}.items()

    def __getitem__(self, slug: str) -> FavaLedger:
        return {self._address: self._ledger}[slug]


def _plain(error: Exception, folder: Path) -> str:
    return str(error or type(error).__name__).replace(f"{folder}/", "")


class Still(WatcherBase):
    """Sees no change: a book that was read stays as it is, and the next one takes its place.

    Fava's pages tell two books apart by `last_checked`.
    """

    def __init__(self, read_at: int) -> None:
        self.last_checked = self.last_notified = read_at

    def update(self, files: Iterable[Path], folders: Iterable[Path]) -> None:
        """Watch nothing."""

    def check(self) -> bool:
        """Return that nothing changed."""
        return False

    def _get_latest_mtime(self) -> int:
        return 0


class Files:
    """Watches every file that ever was of the book, and the folders in which they lie.

    A new file there may be included by a pattern.
    """

    def __init__(self, main: Path) -> None:
        self._seen: dict[Path, Stamp] = {}
        self.update([main], [])

    def update(self, files: Iterable[Path], folders: Iterable[Path]) -> None:
        """Watch more files and folders; what is watched already keeps what was seen of it."""
        for path in (*files, *folders):
            for each in (path, path.parent):
                self._seen.setdefault(each, _stamp(each))

    def check(self) -> bool:
        """Return whether anything changed since the last call."""
        now = {path: _stamp(path) for path in self._seen}
        changed, self._seen = now != self._seen, now
        return changed


def _stamp(path: Path) -> Stamp:
    try:
        result = path.stat()
    except OSError:
        return None
    return result.st_mtime_ns, result.st_size, result.st_ino
