"""Evidence: documents bound to entries by the digest of the entry, and to their own content by a SHA-256.

A document is a Beancount `document` directive, so Fava shows it beside the entries of its account and link; its
metadata say which entry it proves (`evidence-of`) and what its content was when it was filed (`evidence-sha256`). A
statement of the bank, or an extract of the ERP, proves every entry that was imported from it while it is on file.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from beancount.core.data import Balance

from ledger.ground.findings import EVERY_CATEGORY
from ledger.language.kinds import BY_TAG
from ledger.language.law import Evidence, Limit
from ledger.law.scopes import terms_of
from ledger.law.splitting import Split, splits
from ledger.model.entries import Entry
from ledger.model.fund import Fund

FOLDER = "documents"


def content_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal digits.

    Raises:
        OSError: when the file cannot be read.

    """
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def statements(fund: Fund) -> frozenset[str]:
    """Return the SHA-256 of every imported file (a bank's statement, an extract of the ERP) that is kept.

    It proves each entry that names it in `statement-sha256`.

    A statement that Fava's import page moved into the folder of documents has no recorded digest: its content is
    digested here.
    """
    digests = {str(e.txn.meta["statement-sha256"]) for e in fund.entries if "statement-sha256" in e.txn.meta}
    if not digests:
        return frozenset()
    result = set()
    for document in fund.contents.documents:
        digest = document.meta.get("evidence-sha256")
        if digest is None and Path(document.filename).is_file():
            digest = content_digest(Path(document.filename))
        result.add(str(digest))
    return frozenset(digests & result)


def entries_without_document(fund: Fund) -> dict[Entry, Split | None]:
    """Return every entry that the law wants a document for and that has none.

    And, of one below its threshold, with which others it is above that.
    """
    statement_digests = statements(fund)
    limits = _limits(fund)
    split = splits(fund, limits)
    return {
        entry: split.get(entry)
        for entry, limit in limits.items()
        if (entry in split or entry.moved > limit.above)
        and entry.txn.meta.get("statement-sha256") not in statement_digests
        and fund.digest(entry) not in fund.documents
    }


def _limits(fund: Fund) -> dict[Entry, Limit]:
    """Return the threshold of every entry whose kind needs a document under the law of its day.

    The strictest of its donors' categories.
    """
    kinds = {kind for rule in fund.law.rules if isinstance(rule, Evidence) for kind in rule.limits}
    result: dict[Entry, Limit] = {}
    for name in sorted(kinds & BY_TAG.keys()):
        for entry in fund.by_kind[BY_TAG[name]]:
            terms = () if entry.reversal else terms_of(fund, Evidence, entry)
            limits = [item.limits[name] for item in terms if name in item.limits]
            if limits:
                result[entry] = min(limits)
    return result


class Unasserted(NamedTuple):
    """A bank account whose statements have stopped.

    The last `balance` of a statement, and how many entries stand after it without one.
    """

    balance: Balance
    entries: int
    age: int
    days: Decimal


def unasserted(fund: Fund) -> Iterator[Unasserted]:
    """Yield each bank account that statements have asserted, and of which they have stopped.

    It holds or moves money longer than the law allows after the last of them.
    """
    terms = fund.law.terms(Evidence, EVERY_CATEGORY, fund.as_of)
    if terms is None:
        return
    last: dict[tuple[str, str], Balance] = {}
    closing_days = fund.contents.closed
    for item in fund.contents.balances:
        if "import-id" in item.meta and item.date <= fund.as_of < closing_days.get(item.account, date.max):
            last[item.account, item.amount.currency] = item
    old = {key: item for key, item in last.items() if (fund.as_of - item.date).days > terms.statement_days}
    if not old:
        return
    statement_digests = statements(fund)
    after = Counter(
        key
        for entry in fund.entries
        if entry.txn.date <= fund.as_of and entry.txn.meta.get("statement-sha256") not in statement_digests
        for leg in entry.money
        if (key := (leg.account.name, leg.posting.units.currency)) in old and entry.txn.date >= old[key].date
    )
    for key, item in old.items():
        if after[key] or item.amount.number:
            yield Unasserted(item, after[key], (fund.as_of - item.date).days, terms.statement_days)
