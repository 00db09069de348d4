"""The canonical text of a directive and its digest: what an approval, a document or a seal is bound to.

The text holds what the directive says, and not where it stands, how its numbers are padded or in which order its keys
are written: date, kind, texts, tags and links in order, metadata in order, and for each posting its account, amount,
lot, price and metadata. Of a lot that a posting takes from only the label counts: the rest follows from the entry that
opened it.
"""

from decimal import Decimal
from hashlib import sha256
from typing import Any

from beancount.core import data
from beancount.core.amount import Amount
from beancount.core.data import Directive, Transaction

_PLACE = frozenset({"filename", "lineno"})


def digest(directive: Directive) -> str:
    """Return `sha256:…` of the canonical text."""
    return f"sha256:{sha256(canonical(directive).encode()).hexdigest()}"


def canonical(directive: Directive) -> str:
    """Return the canonical text."""
    if isinstance(directive, Transaction):
        return _transaction(directive)
    if isinstance(directive, data.Custom):
        values = " ".join(_plain(value.value) for value in directive.values or ())
        return "\n".join([f"{directive.date} custom {_plain(directive.type)} {values}", *_metadata(directive.meta)])
    names = _content_fields(directive)
    fields = " ".join(_plain(value) for name, value in zip(directive._fields, directive, strict=True) if name in names)
    return "\n".join([f"{directive.date} {type(directive).__name__.lower()} {fields}", *_metadata(directive.meta)])


def _transaction(txn: Transaction) -> str:
    """Return the text of a transaction.

    A book has a hundred thousand, so the amounts of its postings are written here at once.
    """
    head = f"{txn.date} txn {txn.flag} {_text(txn.payee or '')} {_text(txn.narration or '')}"
    if txn.tags:
        head += "".join(f" #{tag}" for tag in sorted(txn.tags))
    if txn.links:
        head += "".join(f" ^{link}" for link in sorted(txn.links))
    lines = [head, *_metadata(txn.meta)]
    for posting in txn.postings:
        units, cost, price = posting.units, posting.cost, posting.price
        line = f"  {posting.flag or ''}{posting.account} {_number(units.number)} {units.currency}"
        if cost is not None and units.number < 0:
            line += f" {{{_text(cost.label or '')}}}"
        elif cost is not None:
            line += f" {{{_number(cost.number)} {cost.currency} {cost.date} {_text(cost.label or '')}}}"
        if price is not None:
            line += f" @ {_number(price.number)} {price.currency}"
        lines.append(line)
        if posting.meta and len(posting.meta) > len(_PLACE):
            lines += [f"  {line}" for line in _metadata(posting.meta)]
    return "\n".join(lines)


def _content_fields(directive: Directive) -> set[str]:
    """Return the fields that say something.

    A document's path differs from machine to machine, its SHA-256 is in its metadata.
    """
    others = {"meta", "date", "filename", "diff_amount", "booking"}
    return set(directive._fields) - others


def _metadata(meta: dict[str, Any]) -> list[str]:
    return [f"  {key}: {_plain(meta[key])}" for key in sorted(meta) if key not in _PLACE and key[:2] != "__"]


def _plain(value: Any) -> str:
    """Write a value so that its kind can be told: text in quotes, a number without padding."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Amount):
        return f"{_number(value.number)} {value.currency}"
    if isinstance(value, (frozenset, set)):
        return " ".join(sorted(value))
    return "" if value is None else str(value)


def _text(value: str) -> str:
    if "\\" in value or '"' in value or "\n" in value:
        value = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{value}"'


def _number(value: Decimal) -> str:
    """Write a number without padding: 100.00, 100 and 1E2 say the same."""
    text = str(value)
    if "E" in text or not value:
        return f"{value.normalize():f}" if value else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text
