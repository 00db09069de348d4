"""File documents: copy them under the book's `documents` folder, then bind each to its entry with a `document` directive."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from os.path import relpath
from pathlib import Path

from beancount.core.data import Transaction

from ledger.acts import directives
from ledger.book.append import append, target_file
from ledger.book.loading import Book, load
from ledger.ground.canonical import digest
from ledger.ground.phrases import say
from ledger.ground.writing import replace_file
from ledger.law.evidence import FOLDER
from ledger.law.seal import sealed_until
from ledger.model import entries

LARGEST = 64 * 1024 * 1024
"""House rule: a document is a letter, an agreement or a notice; something larger than this is a mistake."""


class NotADocumentError(ValueError):
    """The file cannot be filed; the message says why."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A copy under the folder of documents; `made` is what came into being for it, to be taken away if it is refused."""

    path: Path
    sha256: str
    made: list[Path]


def attach(book: Book, txn: Transaction, files: Sequence[Path], officer: str | None, *, dry_run: bool = False) -> Book:
    """File documents of one entry; give the book with them. On any refusal the copies are taken away again.

    Raises:
        NotADocumentError: when a file is empty, too large, or on file for this entry already.
        RefusedError: when the book refuses the directive.

    """
    entry = entries.read(txn)
    label = str(txn.meta.get("receipt-number") or next(iter(sorted(txn.links or ())), txn.payee or "entry"))
    filed = {d.meta.get("evidence-sha256") for d in book.fund.documents.get(digest(txn), ())}
    day = (
        txn.date
        if txn.date > sealed_until(book.fund.directives.closes, book.fund.directives.reopenings)
        else date.today()
    )
    for path in files:
        if content_of(path)[1] in filed:
            raise NotADocumentError(say("{path} is on file for this entry already", path=str(path)))
    placed: list[Placed] = []
    try:
        lines = []
        for path in files:
            placed.append(place(book, path, day, label))
            line = directives.document(entry, day, placed[-1].path, placed[-1].sha256, officer)
            lines.append(line._replace(filename=relpath(placed[-1].path, target_file(book.path, [line]).parent)))
        kept = [item.path for item in placed]
        done = append(book, lines, f"{label}: documents filed", dry_run=dry_run, author=officer or "", also=kept)
    except BaseException:
        take_away(placed)
        raise
    if dry_run:
        take_away(placed)
        return done.book
    return load(book.path)


def content_of(path: Path) -> tuple[bytes, str]:
    """Read a document; give its bytes and their SHA-256.

    Raises:
        NotADocumentError: when it is no file that can be read, or is empty or too large.

    """
    if not path.is_file():
        raise NotADocumentError(say("there is no file {path}", path=str(path)))
    size = path.stat().st_size
    if not size or size > LARGEST:
        most = LARGEST // 1024 // 1024
        what = say("{path} is larger than {most} MB; a document is neither", path=str(path), most=most)
        raise NotADocumentError(what if size else say("{path} is empty; a document is neither", path=str(path)))
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = say("{path} cannot be read: {reason}", path=str(path), reason=str(error.strerror))
        raise NotADocumentError(reason) from error
    return content, sha256(content).hexdigest()


def place(book: Book, path: Path, day: date, label: str) -> Placed:
    """Copy a file into the year's folder of documents, under a name that says what it is."""
    content, found = content_of(path)
    folder = book.path.parent / FOLDER / str(day.year)
    made = [parent for parent in (folder.parent, folder) if not parent.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    plain = re.sub(r"[^\w.-]+", "-", f"{label}-{path.name}").strip("-.")
    kept = folder / plain
    if kept.exists() and sha256(kept.read_bytes()).hexdigest() != found:
        kept = folder / f"{found[:8]}-{plain}"
    new = not kept.exists()
    if new:
        replace_file(kept, content)
    return Placed(kept, found, ([kept] if new else []) + made[::-1])


def take_away(placed: Sequence[Placed]) -> None:
    """Take the copies away again, and the folders that were made for them."""
    for item in reversed(placed):
        for path in item.made:
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
