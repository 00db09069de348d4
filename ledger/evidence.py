"""Evidence: documents bound to entries by the digest of the entry, and to their own content by a SHA-256.

A document is a Beancount `document` directive, so Fava shows it beside the entries of its account and link; its metadata say which entry
it proves (`evidence-of`) and what its content was when it was filed (`evidence-sha256`).
"""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from beancount.core.data import Document

from ledger.entries import Entry
from ledger.fund import Fund
from ledger.language.law import Evidence, listed
from ledger.scopes import moved, terms_of

RULE = "evidence"
FOLDER = "documents"


def content_digest(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal digits.

    Raises:
        OSError: when the file cannot be read.

    """
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def documents(fund: Fund) -> dict[str, list[Document]]:
    """Give the documents by the digest of the entry that they prove."""
    found: dict[str, list[Document]] = defaultdict(list)
    for document in fund.contents.documents:
        of = document.meta.get("evidence-of")
        if isinstance(of, str):
            found[of].append(document)
    return found


def statements(fund: Fund) -> frozenset[str]:
    """Give the SHA-256 of every bank statement on file: it proves each entry that names it in `statement-sha256`.

    A statement that Fava's import page moved into the folder of documents has no recorded digest: its content is digested here.
    """
    named = {str(e.txn.meta["statement-sha256"]) for e in fund.entries if "statement-sha256" in e.txn.meta}
    if not named:
        return frozenset()
    found = set()
    for document in fund.contents.documents:
        recorded = document.meta.get("evidence-sha256")
        if recorded is None and Path(document.filename).is_file():
            recorded = content_digest(Path(document.filename))
        found.add(str(recorded))
    return frozenset(named & found)


def lacking(fund: Fund) -> Iterator[Entry]:
    """Give every entry that the law wants a document for, and that has none."""
    filed, archived = documents(fund), statements(fund)
    judged = {kind for rule in fund.law.rules if isinstance(rule, Evidence) for kind in listed(rule.kinds)}
    for entry in fund.entries:
        if entry.kind is None or entry.reversal or entry.kind.value not in judged:
            continue
        if entry.txn.meta.get("statement-sha256") in archived:
            continue
        wanting = [t for t in terms_of(fund, RULE, Evidence, entry) if entry.kind.value in listed(t.kinds)]
        if any(moved(entry) > terms.above for terms in wanting) and fund.digest(entry) not in filed:
            yield entry
