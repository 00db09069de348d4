"""Papers: letters, agreements, notices and statements, copied into a book's folder of documents under names that say what they are."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from ledger.ground.errors import InvalidDocumentError
from ledger.ground.phrases import phrase
from ledger.ground.writing import replace_file
from ledger.law.evidence import FOLDER

LARGEST = 64 * 1024 * 1024
"""House rule: a document is a letter, an agreement or a notice; something larger than this is a mistake."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with what it holds, and where its copy belongs in the book."""

    source: Path
    copy: Path
    content: bytes = field(repr=False)
    sha256: str


def find_places(book: Path, files: Sequence[Path], day: date, label: str) -> list[Paper]:
    """Read files, and find for each a name of its own in the year's folder of documents, beside the main file `book`.

    A document that is there already keeps its place.

    Raises:
        InvalidDocumentError: when one is no file that can be read, or is empty or too large.

    """
    folder = book.parent / FOLDER / str(day.year)
    places: dict[Path, str] = {}
    result = []
    for file in files:
        content = read_document(file)
        digest = sha256(content).hexdigest()
        plain = re.sub(r"[^\w.-]+", "-", f"{label}-{file.name}").strip("-.")
        place = folder / plain
        if place.is_file() and place not in places:
            places[place] = sha256(place.read_bytes()).hexdigest()
        if places.setdefault(place, digest) != digest:
            place = folder / f"{digest[:8]}-{plain}"
        result.append(Paper(file, place, content, digest))
    return result


def read_document(path: Path) -> bytes:
    """Return what a document holds.

    Raises:
        InvalidDocumentError: when it is no file that can be read, or is empty or too large.

    """
    if not path.is_file():
        raise InvalidDocumentError(phrase("there is no file {path}", path=str(path)))
    size = path.stat().st_size
    if not size or size > LARGEST:
        most = LARGEST // 1024 // 1024
        large = phrase("{path} is larger than {most} MB; a document is neither", path=str(path), most=most)
        raise InvalidDocumentError(large if size else phrase("{path} is empty; a document is neither", path=str(path)))
    try:
        return path.read_bytes()
    except OSError as error:
        reason = phrase("{path} cannot be read: {reason}", path=str(path), reason=str(error.strerror))
        raise InvalidDocumentError(reason) from error


@contextmanager
def placed(papers: Sequence[Paper], *, keep: bool) -> Iterator[None]:
    """Hold copies in their places.

    What came into being for them is taken away again on any failure, and unless they are to be kept.
    """
    copies: list[Path] = []
    try:
        for paper in papers:
            folder = paper.copy.parent
            new = [place for place in (folder.parent, folder, paper.copy) if not place.exists()]
            copies += new
            folder.mkdir(parents=True, exist_ok=True)
            if paper.copy in new:
                replace_file(paper.copy, paper.content)
        yield
    except BaseException:
        _take_away(copies)
        raise
    if not keep:
        _take_away(copies)


def _take_away(copies: Sequence[Path]) -> None:
    for path in reversed(copies):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
