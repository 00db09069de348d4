"""The directives of a book, sorted by kind in one pass."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from beancount.core import data


@dataclass(slots=True)
class Contents:
    """What a book holds, in Beancount's order.

    `mentions` are the first notes, documents and balances of each account.
    """

    everything: list[data.Directive]
    transactions: list[data.Transaction] = field(default_factory=list)
    customs: list[data.Custom] = field(default_factory=list)
    prices: list[data.Price] = field(default_factory=list)
    opens: dict[str, data.Open] = field(default_factory=dict)
    mentions: dict[str, data.Directive] = field(default_factory=dict)
    pads: list[data.Pad] = field(default_factory=list)
    documents: list[data.Document] = field(default_factory=list)
    balances: list[data.Balance] = field(default_factory=list)
    closed: dict[str, date] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        """The day of the last transaction, else of the last directive; that as of which a book is judged by itself."""
        directives: Sequence[data.Directive] = self.transactions or self.everything
        return directives[-1].date if directives else date.min


def contents(book: Iterable[data.Directive]) -> Contents:
    """Sort the directives of a book by kind."""
    result = Contents(list(book))
    for item in result.everything:
        if isinstance(item, data.Transaction):
            result.transactions.append(item)
        elif isinstance(item, data.Price):
            result.prices.append(item)
        elif isinstance(item, data.Custom):
            result.customs.append(item)
        elif isinstance(item, data.Open):
            result.opens[item.account] = item
        elif isinstance(item, data.Pad):
            result.pads.append(item)
        elif isinstance(item, (data.Note, data.Document, data.Balance)):
            result.mentions.setdefault(item.account, item)
            _shelve(result, item)
        elif isinstance(item, data.Close):
            result.closed[item.account] = item.date
    return result


def _shelve(shelves: Contents, item: data.Directive) -> None:
    if isinstance(item, data.Document):
        shelves.documents.append(item)
    elif isinstance(item, data.Balance):
        shelves.balances.append(item)


def proofs(documents: Iterable[data.Document]) -> dict[str, list[data.Document]]:
    """Return documents by the digest of the entry that they prove."""
    result: dict[str, list[data.Document]] = {}
    for document in documents:
        of = document.meta.get("evidence-of")
        if isinstance(of, str):
            result.setdefault(of, []).append(document)
    return result
