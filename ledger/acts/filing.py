"""File documents: bind each to what its entry says, by a `document` directive."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from beancount.core.data import Transaction
from beancount.core.position import Cost, CostSpec
from beancount.parser.parser import parse_string

from ledger.acts import directives
from ledger.book.append import Entries
from ledger.book.papers import find_places
from ledger.ground.canonical import digest
from ledger.ground.errors import InvalidDocumentError
from ledger.ground.periods import today
from ledger.ground.phrases import phrase
from ledger.ground.render import render
from ledger.law.seal import sealed_until
from ledger.model.fund import Fund


def with_documents(entries: Entries, fund: Fund, files: Sequence[Path], officer: str | None) -> Entries:
    """Return entries with the documents that prove the first of them."""
    first = entries.directives[0]
    if not files or not isinstance(first, Transaction):
        return entries
    documents = documents_of(fund, _book(first), files, officer)
    return replace(entries, directives=[*entries.directives, *documents.directives], papers=documents.papers)


def _book(txn: Transaction) -> Transaction:
    """Return an entry that is new as Beancount will read and book it.

    What opens a lot has the day of the entry, unless it says another.

    What takes from a lot is told by its label alone (`ledger.ground.canonical`).
    """
    parsed = parse_string(render([txn]))[0][0]
    return parsed._replace(
        postings=[
            posting._replace(cost=Cost(cost.number_per, cost.currency, cost.date or txn.date, cost.label))
            if isinstance(cost := posting.cost, CostSpec)
            else posting
            for posting in parsed.postings
        ]
    )


def documents_of(fund: Fund, txn: Transaction, files: Sequence[Path], officer: str | None) -> Entries:
    """Return the documents that bind files to what an entry says now.

    They are dated as their entry is, or today where that day is sealed.

    Raises:
        InvalidDocumentError: when a file is empty, too large, or on file for this entry already.

    """
    label = str(txn.meta.get("receipt-number") or next(iter(sorted(txn.links or ())), txn.payee or "entry"))
    last_sealed_day = sealed_until(fund.directives.closes, fund.directives.reopenings)
    day = txn.date if txn.date > last_sealed_day else today()
    digests = {document.meta.get("evidence-sha256") for document in fund.documents.get(digest(txn), ())}
    papers = find_places(fund.main, files, day, label)
    for paper in papers:
        if paper.sha256 in digests:
            raise InvalidDocumentError(phrase("{path} is on file for this entry already", path=str(paper.source)))
    lines = [directives.document(txn, day, paper.copy, paper.sha256, officer) for paper in papers]
    return Entries(lines, f"{label}: documents filed", papers=papers)
