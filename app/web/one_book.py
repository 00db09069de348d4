"""The one book that is served, under an address that stays: read again when a file of it changed, also when it was broken or away for a moment.

Fava's own watcher forgets a file that is not there and does not see a new one beside it, and takes the address from the title, which a broken book does
not have.
"""

from collections.abc import ItemsView, Iterable
from pathlib import Path
from threading import Lock

from fava.application import _slug
from fava.core import FavaLedger
from fava.core.watcher import WatcherBase

Stamp = tuple[int, int, int] | None
NO_TITLE = "Beancount"
"""What Beancount calls a book without a title."""


class OneBook:
    """What Fava asks for its books: here it is always the same one."""

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._ledger = FavaLedger(str(path), poll_watcher=True)
        self._ledger.watcher = Files(path)  # type: ignore[assignment]  # Fava names its two kinds; any of the base does
        self._ledger.watcher.update(*self._ledger.paths_to_watch())
        self._address = _slug(self._ledger)

    def refresh(self) -> None:
        """Load the book again when it changed; who asks meanwhile waits for it."""
        with self._lock:
            if self._ledger.changed() and self._ledger.options["title"] != NO_TITLE:
                self._address = _slug(self._ledger)

    @property
    def ledgers(self) -> list[FavaLedger]:
        """The book."""
        return [self._ledger]

    def first_slug(self) -> str:
        """Give the address of the book."""
        return self._address

    def items(self) -> ItemsView[str, FavaLedger]:
        """Give the book under its address."""
        return {self._address: self._ledger}.items()

    def __getitem__(self, slug: str) -> FavaLedger:
        return {self._address: self._ledger}[slug]


class Files(WatcherBase):
    """Watches every file that ever was of the book, and the folders in which they lie: a new file there may be included by a pattern."""

    def __init__(self, main: Path) -> None:
        self.last_checked = self.last_notified = 0
        self._seen: dict[Path, Stamp] = {}
        self.update([main], [])

    def update(self, files: Iterable[Path], folders: Iterable[Path]) -> None:
        """Watch more files and folders; what is watched already keeps what was seen of it."""
        for path in (*files, *folders):
            for each in (path, path.parent):
                self._seen.setdefault(each, _stamp(each))

    def check(self) -> bool:
        """Tell whether anything changed since the last call."""
        now = {path: _stamp(path) for path in self._seen}
        changed = now != self._seen or self.last_notified > self.last_checked
        self._seen = now
        if changed:
            self.last_checked = max(self.last_checked + 1, self.last_notified, self._get_latest_mtime())
        return changed

    def _get_latest_mtime(self) -> int:
        return max((stamp[0] for stamp in self._seen.values() if stamp is not None), default=0)


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
