"""The canonical text of a directive and its digest: what an approval, a document or a seal is bound to.

The text holds what the directive says, and not where it stands, how its numbers are padded or in which order its keys are written: date,
kind, texts, tags and links in order, metadata in order, and for each posting its account, amount, lot, price and metadata. Of a lot that
a posting takes from only the label counts: the rest follows from the entry that opened it.
"""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from beancount.core import data
from beancount.core.amount import Amount
from beancount.core.data import Directive, Posting, Transaction

_PLACE = frozenset({"filename", "lineno"})
_SEPARATOR = "\n"


def digest(directive: Directive) -> str:
    """Give `sha256:…` of the canonical text."""
    return f"sha256:{sha256(canonical(directive).encode()).hexdigest()}"


def canonical(directive: Directive) -> str:
    """Give the canonical text."""
    if isinstance(directive, Transaction):
        head = f"{directive.date} txn {directive.flag} {_plain(directive.payee)} {_plain(directive.narration)}"
        names = [
            *(f"#{tag}" for tag in sorted(directive.tags or ())),
            *(f"^{link}" for link in sorted(directive.links or ())),
        ]
        lines = [" ".join([head, *names]), *_metadata(directive.meta)]
        for posting in directive.postings:
            lines += [_posting(posting), *(f"  {line}" for line in _metadata(posting.meta or {}))]
        return _SEPARATOR.join(lines)
    if isinstance(directive, data.Custom):
        values = " ".join(_plain(value.value) for value in directive.values or ())
        return _SEPARATOR.join(
            [f"{directive.date} custom {_plain(directive.type)} {values}", *_metadata(directive.meta)]
        )
    fields = " ".join(
        _plain(value) for name, value in zip(directive._fields, directive, strict=True) if name in _kept(directive)
    )
    kind = type(directive).__name__.lower()
    return _SEPARATOR.join([f"{directive.date} {kind} {fields}", *_metadata(directive.meta)])


def _kept(directive: Directive) -> set[str]:
    """Give the fields that say something; a document's path differs from machine to machine, its SHA-256 is in its metadata."""
    dropped = {"meta", "date", "filename", "diff_amount", "booking"}
    return set(directive._fields) - dropped


def _posting(posting: Posting) -> str:
    parts = [f"  {posting.flag or ''}{posting.account}", _plain(posting.units)]
    cost = posting.cost
    if cost is not None and posting.units.number < 0:
        parts.append(f"{{{_plain(cost.label)}}}")
    elif cost is not None:
        parts.append(f"{{{_plain(cost.number)} {cost.currency} {cost.date} {_plain(cost.label)}}}")
    if posting.price is not None:
        parts.append(f"@ {_plain(posting.price)}")
    return " ".join(parts)


def _metadata(meta: dict[str, Any]) -> list[str]:
    return [f"  {key}: {_plain(meta[key])}" for key in sorted(meta) if key not in _PLACE and not key.startswith("__")]


def _plain(value: Any) -> str:
    """Write a value so that its kind can be told: text in quotes, a number without padding."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Amount):
        return f"{_plain(value.number)} {value.currency}"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, (frozenset, set)):
        return " ".join(sorted(value))
    return "" if value is None else str(value) if isinstance(value, (date, bool)) else repr(value)
