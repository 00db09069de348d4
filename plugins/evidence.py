"""evidence: the document behind an entry is on file, and its content is what it was when it was filed.

Source: an audit of a voluntary fund ended because "the files were reported lost"; every posting refers to a document, by its hash (facts 6: OIOS on the
UN Voluntary Fund for Victims of Torture). Which kinds of entry need one is a house rule, in `kinds` and `above`.

`vfund attach` files a document and writes a Beancount `document` directive, whose `evidence-of` is the digest of the entry and whose
`evidence-sha256` that of the file. An entry without a document is an open point: it stops closing and export, not the recording of others. A file that is
missing or altered, and a document of an entry that was changed, are errors.

Breaks it, where receipts need a document:

    2016-09-08 * "Mexico" "Contribution" #receipt
      receipt-number: "R-2016-0001"
      Assets:Bank:Operating                                50.00 USD
      Income:Contributions:MemberStates:Mexico            -50.00 USD

Keeps it: the same entry followed by

    2016-09-08 document Income:Contributions:MemberStates:Mexico "documents/2016/notice.txt"
      evidence-of: "sha256:…"
      evidence-sha256: "…"
"""

from collections.abc import Iterator
from pathlib import Path

from beancount.core.data import Directive, Document

from ledger.evidence import FOLDER, RULE, content_digest, lacking
from ledger.findings import Catalogue, Finding, Message
from ledger.fund import Fund

_SOURCE = "house rule (facts 6)"

MESSAGES = Catalogue(
    RULE,
    {
        "no-document": Message(
            "the #{kind} has no document on file.",
            "file the letter, agreement or bank notice with `vfund attach`.",
            _SOURCE,
            open=True,
        ),
        "missing": Message(
            "the document {name} is not there.",
            "put the file back (the history has its path and SHA-256), or file it again with `vfund attach`.",
            _SOURCE,
        ),
        "altered": Message(
            "the document {name} was altered: its SHA-256 is {found}, but {recorded} was recorded.",
            "put the original back; a new version is a document of its own.",
            _SOURCE,
        ),
        "of-nothing": Message(
            "the document {name} proves an entry that is not in the book: it was changed after the document was filed, or taken out.",
            "look whether the document proves the entry as it stands now, and file it again with `vfund attach`; take this line out.",
            _SOURCE,
        ),
        "no-digest": Message(
            "the document {name} proves an entry, but its SHA-256 was not recorded.",
            'add `evidence-sha256: "{found}"` if the file is what it was.',
            _SOURCE,
        ),
    },
)


def check(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every document that is missing, altered or of nothing, and every entry that needs one and has none."""
    texts = (
        {fund.digest(entry.txn) for entry in fund.entries}
        if any("evidence-of" in d.meta for d in fund.contents.documents)
        else set()
    )
    for document in fund.contents.documents:
        yield from _document(document, texts)
    folder = Path(str(fund.options.get("filename", "."))).parent / FOLDER
    for clearance in fund.directives.clearances:
        yield from _content(clearance.meta, folder / clearance.document, clearance.document_sha256)
    for entry in lacking(fund):
        if entry.kind is not None:
            yield MESSAGES.finding("no-document", entry.txn, kind=entry.kind.value)


def _document(document: Document, texts: set[str]) -> Iterator[Finding]:
    recorded, of = document.meta.get("evidence-sha256"), document.meta.get("evidence-of")
    if recorded is None and of is None:
        return
    yield from _content(document, Path(document.filename), recorded)
    if of is not None and of not in texts:
        yield MESSAGES.finding("of-nothing", document, name=Path(document.filename).name)


def _content(at: Directive | dict[str, object], path: Path, recorded: object) -> Iterator[Finding]:
    try:
        found = content_digest(path)
    except OSError:
        yield MESSAGES.finding("missing", at, name=path.name)
        return
    if recorded is None:
        yield MESSAGES.finding("no-digest", at, name=path.name, found=found)
    elif found != recorded:
        yield MESSAGES.finding("altered", at, name=path.name, found=found, recorded=recorded)
