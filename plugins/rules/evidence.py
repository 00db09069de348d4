"""evidence: the document behind an entry is on file, and its content is what it was when it was filed.

Source: an audit of a voluntary fund ended because "the files were reported lost"; every posting refers to a document,
by its hash (facts 6: OIOS on the UN Voluntary Fund for Victims of Torture). Which kinds of entry need one is a house
rule, in `kinds` and `above`; a kind may have a threshold of its own (`kinds: "receipt, loan above 1000"`). Several
entries of one kind for one payee within `days` days, each below it and together above it, each need one.

`vfund attach` files a document and writes a Beancount `document` directive, whose `evidence-of` is the digest of the
entry and whose `evidence-sha256` that of the file. An entry without a document is an open point: it stops closing and
export, not the recording of others. A file that is missing or altered, and a document of an entry that was changed, are
errors. What was imported is proved by the statement or the extract on file. House rule: a bank account that statements
have asserted (a `balance` with an `import-id`) is asserted again at least every `statement-days` days.

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

from beancount.core.data import Directive

from ledger.acts.lookup import short
from ledger.ground.findings import EVERY_CATEGORY, Finding, Message, Scope
from ledger.ground.phrases import count
from ledger.language.kinds import BY_TAG
from ledger.language.law import Evidence
from ledger.language.nearest import did_you_mean
from ledger.law.evidence import FOLDER, content_digest, entries_without_document, unasserted
from ledger.law.rule import Rule
from ledger.model.fund import Fund

_SOURCE = "house rule (facts 6)"

RULE = Rule(
    "evidence",
    Evidence,
    documentary=True,
    messages={
        "no-document": Message(
            "the #{kind} has no document on file.",
            "file the letter, agreement or bank notice: `vfund attach {entry} FILE`.",
            _SOURCE,
            open=True,
        ),
        "split": Message(
            "the #{kind} of {number} {unit} has no document on file and is one of {count} for one payee within {days} days that come to {total} {unit}, above {above}.",
            "file the letter, agreement or bank notice: `vfund attach {entry} FILE`.",
            _SOURCE,
            open=True,
        ),
        "unasserted": Message(
            "{account} is asserted by its statements until {day} and by none in the {age} days up to {as_of}; entries since then that no statement proves: {count}; at most {days} days are allowed.",
            "import the statements since then; of an account that is closed write a `close` directive.",
            _SOURCE,
            open=True,
        ),
        "unknown-kind": Message(
            "the rule asks for documents of {kind!r}, which is no kind of entry; {suggestion}",
            "correct `kinds` of the rule.",
            _SOURCE,
        ),
        "elsewhere": Message(
            "the document {name} does not lie in the folder `{folder}` of the book.",
            "file it with `vfund attach`, which copies it there.",
            _SOURCE,
        ),
        "missing": Message(
            "the document {name} is not there, or is empty.",
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


@RULE.check
def documents_missing(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every document that is missing, altered, elsewhere or of nothing, and every entry that needs one and has none."""
    for rule in fund.law.rules:
        for kind in rule.limits.keys() - BY_TAG.keys() if isinstance(rule, Evidence) else ():
            yield RULE.finding("unknown-kind", rule.meta, kind=kind, suggestion=did_you_mean(kind, BY_TAG))
    folder = Path(str(fund.options.get("filename", "."))).parent / FOLDER
    documents = [document for document in fund.contents.documents if _KEYS & document.meta.keys()]
    proving = any("evidence-of" in document.meta for document in documents)
    texts = {fund.digest(entry) for entry in fund.entries} if proving else set()
    for document in documents:
        yield from _content(document, folder, Path(document.filename), document.meta.get("evidence-sha256"))
        if "evidence-of" in document.meta and document.meta["evidence-of"] not in texts:
            yield RULE.finding("of-nothing", document, name=Path(document.filename).name)
    for clearance in fund.directives.clearances:
        yield from _content(clearance.meta, folder, folder / clearance.document, clearance.document_sha256)
    for entry, split in entries_without_document(fund).items():
        facts: dict[str, object] = {"kind": entry.kind.value if entry.kind else "", "entry": short(fund.digest(entry))}
        if split is None:
            yield RULE.finding("no-document", entry.txn, **facts)
        else:
            amounts = {
                "number": entry.moved,
                "total": split.total,
                "unit": fund.unit,
                "above": split.limit.above,
            }
            yield RULE.finding("split", entry.txn, **facts, **amounts, count=split.entries, days=split.limit.days)
    for item in unasserted(fund):
        account = item.balance.account
        scope = Scope(fund.as_of, (EVERY_CATEGORY,), frozenset({account}))
        facts = {"account": account, "day": item.balance.date, "as_of": fund.as_of, "age": item.age}
        yield RULE.finding("unasserted", item.balance, scope, **facts, count=item.entries, days=count(item.days))


_KEYS = frozenset({"evidence-of", "evidence-sha256"})


def _content(at: Directive | dict[str, object], folder: Path, path: Path, recorded: object) -> Iterator[Finding]:
    """Compare a document with what was recorded of it.

    Only a regular file below the book's folder of documents is one.
    """
    real = path.resolve()
    if not real.is_relative_to(folder.resolve()):
        yield RULE.finding("elsewhere", at, name=path.name, folder=FOLDER)
        return
    if not real.is_file() or not real.stat().st_size:
        yield RULE.finding("missing", at, name=path.name)
        return
    result = content_digest(real)
    if recorded is None:
        yield RULE.finding("no-digest", at, name=path.name, found=result)
    elif result != recorded:
        yield RULE.finding("altered", at, name=path.name, found=result, recorded=recorded)
