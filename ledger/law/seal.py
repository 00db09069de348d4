"""The seal of a closed quarter: a digest over what the book says up to its end, chained to the seal before it.

Design 8. A seal covers every transaction, price, balance, note, document and directive of ours dated after the end of
the last sealed quarter and no later than the end of its own, by their canonical texts in sorted order; the chain makes
it cover all that is older. Of a document it covers the SHA-256 and not the path. Approvals and the seals are left out:
an approval binds itself to its entry (rule four-eyes).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from beancount.core import data
from beancount.core.data import Directive

from ledger.ground.canonical import canonical
from ledger.ground.periods import Quarter
from ledger.language.models import FOREIGN, Close, Reopen

NOTHING = ""
"""What the first seal is chained to."""

_SEALED = (data.Transaction, data.Price, data.Balance, data.Note, data.Document)
_UNSEALED = ("close", "reopen", "approval", *FOREIGN)


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as the book has it to be: `entries` counts the transactions that it adds to the chain."""

    digest: str
    entries: int


def seal(book: Iterable[Directive], until: date, after: date, previous: str) -> Seal:
    """Seal what is dated after `after` and no later than `until`, chained to the digest `previous`."""
    items = [item for item in book if after < item.date <= until and _counts(item)]
    texts = sorted(canonical(item) for item in items)
    chain = sha256(previous.encode())
    for text in texts:
        chain.update(b"\n\n" + text.encode())
    return Seal(f"sha256:{chain.hexdigest()}", sum(isinstance(item, data.Transaction) for item in items))


def _counts(item: Directive) -> bool:
    if isinstance(item, data.Custom):
        return not item.type.startswith(_UNSEALED)
    return isinstance(item, _SEALED)


def sealed_until(closes: Iterable[Close], reopenings: Iterable[Reopen]) -> date:
    """Return the last day that a standing seal covers; `date.min` without one."""
    last = {close.quarter: close.day for close in sorted(closes, key=lambda item: item.day)}
    reopened_quarters = [r.quarter for r in reopenings if last.get(r.quarter, date.max) < r.day]
    standing = [quarter for quarter in last if not reopened_quarters or quarter < min(reopened_quarters)]
    return Quarter.parse(max(standing)).end if standing else date.min


def seal_of(book: Iterable[Directive], day: date, closes: Sequence[Close], reopenings: Sequence[Reopen]) -> Seal:
    """Return the seal that the book would have at the end of a day, chained to the last standing seal of an earlier day."""
    standing = sealed_until(closes, reopenings)
    ends = [(Quarter.parse(close.quarter).end, close.day, close.digest) for close in closes]
    after, _, previous = max(
        (end for end in ends if end[0] <= standing and end[0] < day), default=(date.min, day, NOTHING)
    )
    return seal(book, day, after, previous)
