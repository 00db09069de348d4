"""The one way to add to a book: render, lock, check the whole book with the new entries, write, commit.

On any refusal or failure the book is byte for byte what it was (design 9). The check loads a shadow of the book: links to all its
files, with a copy of the one that grows.
"""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from beancount import loader
from beancount.core.data import Directive
from filelock import FileLock, Timeout

from ledger.book.loading import Book, load
from ledger.ground import phrases
from ledger.ground.findings import Finding
from ledger.ground.phrases import N_, Text, say
from ledger.ground.render import render
from ledger.ground.writing import replace_file, sweep
from ledger.model.fund import Fund

LOCK_SECONDS = 10
_NOT_JUDGED = frozenset({"book/no-plugin", "book/rules-failed"})


class RefusedError(Exception):
    """The book would not be right with the new entries; `findings` say why. Nothing was written."""

    def __init__(self, message: Text, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)


class BusyError(Exception):
    """Somebody else is writing to the book."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What was added: the file, the text, and the book as it is (or, in a dry run, would be) with it."""

    target: Path
    text: str
    book: Book
    commit: str
    notice: str = ""


def append(
    book: Book,
    entries: Sequence[Directive],
    subject: str,
    *,
    dry_run: bool = False,
    author: str = "",
    also: Sequence[Path] = (),
    again: Callable[[Fund], tuple[Sequence[Directive], str]] | None = None,
    file: str = "",
) -> Appended:
    """Add entries to a loaded book; `subject` and `author` go into its history, with the files in `also` (documents already in place).

    When the files have changed since the book was loaded it is loaded again first, so two people never judge by an old state; `again` then
    composes the entries anew, with their subject: a running number is chosen under the lock.

    Raises:
        RefusedError: when the book has new errors with the entries.
        BusyError: when the book is locked for longer than ten seconds.
        OSError: when the disk refuses.

    """
    main = book.path
    with locked(main):
        if loader.compute_input_hash([str(path) for path in book.files]) != book.options["input_hash"]:
            book = load(main)
            if again is not None:
                entries, subject = again(book.fund)
        target = target_file(main, entries, file)
        text = _text(entries)
        before = target.read_bytes() if target.exists() else b""
        gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
        content = before + gap + text.encode()
        future = _checked(book, target, content)
        if dry_run:
            return Appended(target, text, future, "")
        sweep(target.parent)
        replace_file(target, content)
        try:
            return Appended(target, text, future, commit(main.parent, [target, *also], subject, author))
        except OSError as error:
            return Appended(target, text, future, "", f"the entry is recorded, but git could not note it: {error}")


def _text(entries: Sequence[Directive]) -> str:
    """Return the text of entries; refuse what cannot be written."""
    text = render(entries)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise RefusedError(N_("a text holds bytes that are not UTF-8; nothing was written")) from error
    return text


def target_file(main: Path, entries: Sequence[Directive], file: str = "") -> Path:
    """Return the file that entries go to: that of a name beside the main file, `entries/<year>.beancount`, else the main file; the first that is there."""
    if file and (main.parent / file).is_file():
        return main.parent / file
    folder = main.parent / "entries"
    return folder / f"{entries[0].date.year}.beancount" if folder.is_dir() else main


@contextmanager
def locked(main: Path) -> Iterator[None]:
    """Hold the book's lock, `.vfund.lock` beside the main file."""
    try:
        with FileLock(main.parent / ".vfund.lock", timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        message = say(
            "somebody else is writing to {main} (waited {seconds} seconds); try again",
            main=str(main),
            seconds=LOCK_SECONDS,
        )
        raise BusyError(message) from error


def _checked(book: Book, target: Path, content: bytes) -> Book:
    """Load the book as it would be; refuse when it has an error that it does not have now, other than an open point."""
    known = _counted(book.errors)
    with tempfile.TemporaryDirectory(prefix="vfund-") as scratch:
        shadow = _Shadow(Path(scratch), book.path, book.files)
        shadow.put(target, content)
        future = load(shadow.of(book.path))
        if target not in {shadow.original(path) for path in future.files}:
            message = say(
                '{book} does not include {file}: add the line `include "entries/*.beancount"`',
                book=book.path.name,
                file=target.name,
            )
            raise RefusedError(message)
        findings = [shadow.translate(finding) for finding in future.findings]
    if any(finding.code in _NOT_JUDGED for finding in findings):
        raise RefusedError(N_("no rule of the fund could be applied to the book; nothing was written"), findings)
    new = []
    for finding in findings:
        key = (finding.code, finding.message)
        if finding.severity != "error" or finding.open:
            continue
        if known.get(key, 0):
            known[key] -= 1
        else:
            new.append(finding)
    if new:
        raise RefusedError(N_("the book would not be right with this entry; nothing was written"), new)
    return replace(future, path=book.path, findings=findings)


def _counted(findings: Sequence[Finding]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (finding.code, finding.message)
        counts[key] = counts.get(key, 0) + 1
    return counts


class _Shadow:
    """A folder in which a book looks as it would look, made of links to its files."""

    def __init__(self, folder: Path, main: Path, files: Sequence[Path]) -> None:
        everything = {main, *files}
        self.base = Path(os.path.commonpath([path.parent for path in everything]))
        self.folder = folder.resolve()
        for path in everything:
            if path.exists():
                self._parent(path)
                self.of(path).symlink_to(path)
        for path in main.parent.iterdir():
            if path.is_dir() and not path.name.startswith(".") and not self.of(path).exists():
                self.of(path).symlink_to(path)

    def of(self, path: Path) -> Path:
        """Return the place of a file of the book in the shadow."""
        return self.folder / path.relative_to(self.base)

    def original(self, path: Path) -> Path:
        """Return the file of the book that a file of the shadow stands for."""
        return self.base / path.relative_to(self.folder) if path.is_relative_to(self.folder) else path

    def put(self, path: Path, content: bytes) -> None:
        """Lay a file with other content into the shadow."""
        self._parent(path)
        self.of(path).unlink(missing_ok=True)
        self.of(path).write_bytes(content)

    def translate(self, finding: Finding) -> Finding:
        """Name the book's own files in a finding."""
        source = dict(finding.source)
        if "filename" in source:
            source["filename"] = str(self.original(Path(str(source["filename"]))))
        what = phrases.replace(finding.what, str(self.folder), str(self.base))
        return finding._replace(source=source, what=what)

    def _parent(self, path: Path) -> None:
        self.of(path).parent.mkdir(parents=True, exist_ok=True)


def commit(folder: Path, what: Sequence[Path], subject: str, author: str) -> str:
    """Commit files (or all of a folder) when the book's folder is a git repository of its own; give the commit's short name, else ''.

    A book inside a larger repository (as the shipped example is) is left alone: its history is its owner's business.
    """
    if not (folder / ".git").exists():
        return ""
    name = author or "finance-officer"
    identity = ["-c", f"user.name={name}", "-c", f"user.email={name}@localhost", "-c", "commit.gpgsign=false"]
    names = [str(path) for path in what]
    _git(folder, "add", "--", *names)
    if not _git(folder, "status", "--porcelain", "--", *names):
        return ""
    _git(folder, *identity, "commit", "--quiet", "--message", subject, "--", *names)
    return _git(folder, "rev-parse", "--short", "HEAD")


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(done.stderr.strip() or f"git {arguments[0]} failed")
    return done.stdout.strip()
