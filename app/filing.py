"""File documents: copy them under the book's `documents` folder, then bind each to its entry with a `document` directive."""

import re
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from os.path import relpath
from pathlib import Path

from beancount.core.data import Transaction

from ledger import directives, entries
from ledger.append import append, target_file
from ledger.evidence import FOLDER
from ledger.loading import Book, load
from ledger.writing import replace_file

LARGEST = 64 * 1024 * 1024
"""House rule: a document is a letter, an agreement or a notice; something larger than this is a mistake."""


class NotADocumentError(ValueError):
    """The file cannot be filed; the message says why."""


def attach(book: Book, txn: Transaction, files: Sequence[Path], officer: str | None, *, dry_run: bool = False) -> Book:
    """File documents of one entry; give the book with them. On any refusal the copies are taken away again.

    Raises:
        NotADocumentError: when a file is empty or too large.
        RefusedError: when the book refuses the directive.

    """
    entry = entries.read(txn)
    label = str(txn.meta.get("receipt-number") or next(iter(sorted(txn.links or ())), txn.payee or "entry"))
    placed = [place(book, path, txn.date, label) for path in files]
    try:
        lines = []
        for kept, content_digest, _ in placed:
            line = directives.document(entry, kept, content_digest, officer)
            path = relpath(kept, target_file(book.path, [line]).parent)
            lines.append(line._replace(filename=path))
        done = append(
            book,
            lines,
            f"{label}: documents filed",
            dry_run=dry_run,
            author=officer or "",
            also=[p for p, _, _ in placed],
        )
    except BaseException:
        _take_away(placed)
        raise
    if dry_run:
        _take_away(placed)
        return done.book
    return load(book.path)


def place(book: Book, path: Path, day: date, label: str) -> tuple[Path, str, bool]:
    """Copy a file into the year's folder under a name that says what it is; give its place, its SHA-256, and whether it is new there."""
    size = path.stat().st_size
    if not size or size > LARGEST:
        raise NotADocumentError(
            f"{path} is {'empty' if not size else f'larger than {LARGEST // 1024 // 1024} MB'}; a document is neither"
        )
    content = path.read_bytes()
    found = sha256(content).hexdigest()
    folder = book.path.parent / FOLDER / str(day.year)
    folder.mkdir(parents=True, exist_ok=True)
    plain = re.sub(r"[^\w.-]+", "-", f"{label}-{path.name}").strip("-.")
    kept = folder / plain
    if kept.exists() and sha256(kept.read_bytes()).hexdigest() != found:
        kept = folder / f"{found[:8]}-{plain}"
    new = not kept.exists()
    if new:
        replace_file(kept, content)
    return kept, found, new


def _take_away(placed: Sequence[tuple[Path, str, bool]]) -> None:
    for kept, _, new in placed:
        if new:
            kept.unlink(missing_ok=True)
