"""The evidence bundle: one zip with the report, the entries behind it and the documents that prove them, which verifies itself.

The bytes are always the same for the same book: files in a fixed order, without a time. `MANIFEST.sha256` is what
`sha256sum --check` reads.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from beancount.core.data import Document as Filed
from beancount.parser import printer

from ledger.book.loading import Book, within
from ledger.ground.phrases import N_, Text, phrase
from ledger.law.evidence import FOLDER
from ledger.model.entries import Entry
from reports.document import Document
from reports.faces import csv_files
from reports.faces.every import FORMATS, faces, stem
from reports.scope import Scope
from reports.table import Table
from reports.translation import Translator

MANIFEST, NOTE = "MANIFEST.sha256", "README.txt"
_STAMP = (1980, 1, 1, 0, 0, 0)
INSIDE = ("xlsx", "json", "html", "csv")
"""The faces that a bundle holds (a PDF is not the same on every machine, so it is not among them)."""


def quarter_bundle(book: Book, scope: Scope, document: Document, *, draft: bool) -> bytes:
    """Return the bundle of a quarter.

    The published report, the entries up to its day in its year, and their documents.
    """
    name = stem(document.code, scope, draft=draft)
    files = [(f"{name}{FORMATS[kind]}", content) for kind, content in faces(book.fund, scope, document, INSIDE)]
    entries = [e for e in book.fund.entries if e.txn.date.year == scope.quarter.year and e.txn.date <= scope.as_of]
    title = f"{document.title}, {document.quarter}"
    return _zip_files(files, *_behind(book, entries), _Note(scope.language, title, document.digest, sample=False))


def sample_bundle(
    book: Book, scope: Scope, document: Document, tables: Sequence[Table], entries: Iterable[Entry]
) -> bytes:
    """Return the bundle of a sample or a test: its tables as CSV, its entries and their documents."""
    files = [(f"{table.key}.csv", csv_files.statement(table)) for table in tables]
    title = f"{document.title}, {document.quarter}: {', '.join(str(table.title) for table in tables)}"
    return _zip_files(files, *_behind(book, entries), _Note(scope.language, title, document.digest, sample=True))


def _behind(book: Book, entries: Iterable[Entry]) -> tuple[list[tuple[str, bytes]], list[str]]:
    """Return the entries as the book says them, and the documents that prove them.

    Each entry stands under its place and its digest. Beside them are the names of the documents that may not leave.
    """
    fund, folder = book.fund, book.path.parent
    documents = fund.documents
    text = io.StringIO()
    proofs: dict[str, Filed] = {}
    for entry in entries:
        txn = entry.txn
        place = within(folder, entry.place)
        text.write(f"; {place} · {fund.digest(entry)}\n{printer.format_entry(txn)}\n")
        proofs |= {item.filename: item for item in documents.get(fund.digest(entry), [])}
    result, left_out = [("entries.beancount", text.getvalue().encode())], list[str]()
    for name in sorted(proofs):
        place = within(folder, name)
        if _may_leave(folder, Path(name), place):
            result.append((place, Path(name).read_bytes()))
        else:
            left_out.append(" ".join("".join(c if c.isprintable() else " " for c in place).split()))
    return result, left_out


def _may_leave(folder: Path, path: Path, place: str) -> bool:
    """Return whether a document may be taken away.

    A file below the book's folder of documents, wherever links lead, whose name leads nowhere else and is one line.

    A book may name any file of the machine as its document; and an archive must not write outside the folder in which
    it is unpacked.
    """
    parts = PurePosixPath(place).parts
    plain = (
        place.isprintable()
        and "\\" not in place
        and not place.startswith("/")
        and ".." not in parts
        and ":" not in place
    )
    try:
        below = path.resolve().is_relative_to((folder / FOLDER).resolve())
        return plain and below and path.is_file()
    except (OSError, ValueError, RuntimeError):
        return False


def _zip_files(
    files: Sequence[tuple[str, bytes]], behind: Sequence[tuple[str, bytes]], left_out: Sequence[str], note: "_Note"
) -> bytes:
    """Pack files with a note and the list of their digests."""
    whole = [(NOTE, _note(note, left_out).encode()), *files, *behind]
    manifest = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in whole)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in [(MANIFEST, manifest.encode()), *whole]:
            info = zipfile.ZipInfo(name, _STAMP)
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Note:
    """What the note of a bundle is about."""

    language: str
    title: str
    digest: str
    sample: bool


def _note(about: _Note, left_out: Sequence[str]) -> str:
    """Say in the language how to verify the bundle without this program, and which documents are not in it."""
    words = Translator(about.language)
    lines: list[Text] = [
        about.title,
        phrase("Digest of the book: {digest}", digest=about.digest),
        N_("To verify that nothing was changed: unpack, and run in the folder: sha256sum --check MANIFEST.sha256"),
        N_(
            "On Windows, in PowerShell: Get-FileHash -Algorithm SHA256 NAME gives the number that MANIFEST.sha256 has for the file."
        ),
    ]
    if not about.sample:
        lines += [
            N_(
                "The workbook calculates itself: any spreadsheet program gives the same figures when it calculates it again."
            ),
            N_(
                "The JSON file holds every figure with all its digits, and the entries behind it; the CSV files hold the same."
            ),
        ]
    lines += [
        N_(
            "entries.beancount: each entry as the book says it, under the file and line in which it stands, and its digest."
        ),
        N_(
            "documents: the files that prove the entries. Entries and documents name every donor; they are for auditors, and not for publication."
        ),
    ]
    if left_out:
        names = "; ".join(left_out)
        lines.append(
            phrase("Not in the bundle, for they are away or lie outside the folder of documents: {names}", names=names)
        )
    return "\n\n".join(words.say(text) for text in lines) + "\n"
