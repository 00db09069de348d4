"""The one way to add to a book: render, lock, judge the whole book with the new entries, write, commit.

The entries and the documents that belong to them are one write. The text is parsed alone, booked on top of what was
read and judged once with all the rest. On any refusal or failure the book is byte for byte what it was (design 9).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from os.path import relpath
from pathlib import Path
from typing import Any

from beancount import loader
from beancount.core.data import Balance, Directive, Document
from filelock import FileLock, Timeout

from ledger.book.history import commit
from ledger.book.loading import Book, Unwritten, is_included, load, with_text
from ledger.book.papers import Paper, placed
from ledger.ground.errors import BookLockedError, NothingNewError, RefusedEntryError
from ledger.ground.findings import Finding, new_findings
from ledger.ground.phrases import N_, Text, phrase
from ledger.ground.render import render
from ledger.ground.writing import replace_file, sweep
from ledger.model.fund import Fund

LOCK_SECONDS = 10
_NOT_JUDGED = frozenset({"book/no-plugin", "book/rules-failed"})


@dataclass(frozen=True, slots=True)
class Entries:
    """What is added to a book: directives, the subject of the commit, and the facts that a program is told beside them.

    `file` is the file beside the main file that they go to, where the book has it; else they go to that of their year.
    `papers` are copied into the book with them; a `Document` among the directives names the place of its copy. `notes`
    are what the officer is told beside.
    """

    directives: Sequence[Directive]
    subject: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    papers: Sequence[Paper] = ()
    notes: Sequence[Text] = ()
    superseded: Sequence[Balance] = ()
    """Assertions of the same file that are no longer the last word of their day; they are left as comments."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What was added: the entries, their file and text, and the book as it is (or, in a dry run, would be) with them.

    `before` is the book as it was, under the lock.
    """

    entries: Entries
    target: Path
    text: str
    before: Book
    book: Book
    first_line: int
    commit: str = ""
    notice: str = ""

    def wrote(self, place: Mapping[str, Any]) -> bool:
        """Return whether a place, `filename` and `lineno`, is in the new lines."""
        return place.get("filename") == str(self.target) and place.get("lineno", 0) >= self.first_line

    @property
    def fresh(self) -> list[Finding]:
        """What is wrong or open that was not before.

        Where all that is found is about the new lines, nobody judges the book without them.
        """
        result = self.book.findings
        here = [finding for finding in result if self.wrote(finding.source)]
        return here if len(here) == len(result) else new_findings(self.before.findings, result)


def append(
    book: Book,
    compose: Callable[[Fund], Entries],
    *,
    dry_run: bool = False,
    author: str = "",
) -> Appended:
    """Add to a loaded book what `compose` makes for it; `author` goes into its history.

    It is composed under the lock: when the files have changed since the book was loaded it is loaded again first, so
    two people never judge by an old state, and a running number is free. A rehearsal (`dry_run`) of more is judged with
    what earlier ones would have added.

    Raises:
        RefusedEntryError: when the book has new errors with the entries.
        NothingNewError: when there are none.
        BookLockedError: when the book is locked for longer than ten seconds.
        OSError: when the disk refuses.

    """
    main = book.path
    with locked(main):
        has_changed = loader.compute_input_hash(book.options["include"]) != book.options["input_hash"]
        if has_changed or (book.unwritten and not dry_run):
            book = load(main)
        entries = compose(book.fund)
        if not entries.directives:
            raise NothingNewError
        target = target_file(main, entries)
        text = _text(entries, target)
        before = target.read_bytes() if target.exists() else b""
        before += b"".join(earlier.content for earlier in book.unwritten if earlier.file == target)
        gap = "" if not before else "\n" if before.endswith(b"\n") else "\n\n"
        papers = [paper for earlier in book.unwritten for paper in earlier.papers] + [*entries.papers]
        with placed(papers, keep=not dry_run):
            if not is_included(book, target):
                add = phrase(
                    '{book} does not include {file}: add the line `include "entries/*.beancount"`',
                    book=main.name,
                    file=target.name,
                )
                raise RefusedEntryError(add)
            before = _comment_out(before, target, entries.superseded)
            first_line = before.count(b"\n") + 1
            future = with_text(book, target, gap + text, first_line, entries.superseded)
            if dry_run:
                addition = Unwritten(target, (gap + text).encode(), entries.papers)
                future = replace(future, unwritten=(*book.unwritten, addition))
            outcome = Appended(entries, target, text, book, future, first_line)
            _judge(outcome)
            if dry_run:
                return outcome
            sweep(target.parent)
            replace_file(target, before + (gap + text).encode())
        future.options["input_hash"] = loader.compute_input_hash(future.options["include"])
        files = [target, *(paper.copy for paper in entries.papers)]
        try:
            return replace(outcome, commit=commit(main.parent, files, entries.subject, author))
        except OSError as error:
            return replace(outcome, notice=f"the entry is recorded, but git could not note it: {error}")


def _comment_out(content: bytes, file: Path, balances: Sequence[Balance]) -> bytes:
    """Return a file with assertions left as comments, each on the lines where it stood.

    Raises:
        RefusedEntryError: when one stands in another file.

    """
    if not balances:
        return content
    lines = content.decode().split("\n")
    for balance in balances:
        if Path(balance.meta["filename"]) != file:
            raise RefusedEntryError(N_("an assertion that is superseded stands in another file; nothing was written"))
        number = balance.meta["lineno"] - 1
        lines[number] = f"; superseded: {lines[number]}"
        for below in range(number + 1, len(lines)):
            if not lines[below][:1].isspace():
                break
            lines[below] = f"; {lines[below]}"
    return "\n".join(lines).encode()


def _text(entries: Entries, target: Path) -> str:
    """Return the text of entries; a document is named as seen from their file. Refuse what cannot be written."""
    lines = [
        line._replace(filename=relpath(line.filename, target.parent)) if isinstance(line, Document) else line
        for line in entries.directives
    ]
    text = render(lines)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise RefusedEntryError(N_("a text holds bytes that are not UTF-8; nothing was written")) from error
    return text


def target_file(main: Path, entries: Entries) -> Path:
    """Return the file that entries go to: that which they name, `entries/<year>.beancount`, else the main file.

    The first that is there.
    """
    if entries.file and (main.parent / entries.file).is_file():
        return main.parent / entries.file
    folder = main.parent / "entries"
    return folder / f"{entries.directives[0].date.year}.beancount" if folder.is_dir() else main


@contextmanager
def locked(main: Path) -> Iterator[None]:
    """Hold the book's lock, `.vfund.lock` beside the main file."""
    try:
        with FileLock(main.parent / ".vfund.lock", timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        message = phrase(
            "somebody else is writing to {main} (waited {seconds} seconds); try again",
            main=str(main),
            seconds=LOCK_SECONDS,
        )
        raise BookLockedError(message) from error


def _judge(outcome: Appended) -> None:
    """Refuse when the book has an error with the entries that it does not have without them, other than an open point."""
    if any(finding.code in _NOT_JUDGED for finding in outcome.book.findings):
        raise RefusedEntryError(
            N_("no rule of the fund could be applied to the book; nothing was written"), outcome.book.findings
        )
    new = [finding for finding in outcome.fresh if finding.severity == "error" and not finding.open]
    if new:
        raise RefusedEntryError(N_("the book would not be right with this entry; nothing was written"), new)
