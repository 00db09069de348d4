"""Directives of ours as entries to append: pure functions that write nothing."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from beancount.core.data import Custom, Document, Transaction, new_metadata
from beancount.parser.grammar import ValueType

from ledger.ground.canonical import digest
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import phrase
from ledger.language.accounts import MEMORANDUM_ROLES, Role, account


def custom(name: str, day: date, words: tuple[str, ...], meta: Mapping[str, Any]) -> Custom:
    """Write `custom "name" "word"…` with metadata; values that are None or empty are left out.

    Raises:
        InvalidEntryError: for a word that cannot stand between quotation marks.

    """
    for word in words:
        if any(mark in word for mark in '"\\\n'):  # Beancount's printer writes them as they are
            raise InvalidEntryError(
                phrase("{word!r}: leave quotation marks, backslashes and line breaks out", word=word)
            )
    content = {key: value for key, value in meta.items() if value not in (None, "")}
    return Custom(new_metadata("<vfund>", 0, content), day, name, [ValueType(word, str) for word in words])


def approval(txn: Transaction, officer: str, day: date) -> Custom:
    """Bind an officer to what an entry says now; `note` says for people which entry that is."""
    return custom("approval", day, (digest(txn),), {"by": officer, "note": describe_entry(txn)})


def waiver(rule: str, subject: str, day: date, *, reason: str, approved_by: str, expires: date) -> Custom:
    """Waive a rule for a subject."""
    return custom("waiver", day, (rule, subject), {"reason": reason, "approved-by": approved_by, "expires": expires})


def clearance(
    donor: str, day: date, *, result: str, until: date, ceiling: Decimal, document: str, sha256: str, by: str
) -> Custom:
    """Record the result of the due diligence on a donor."""
    meta = {
        "result": result,
        "valid-until": until,
        "ceiling": ceiling,
        "document": document,
        "document-sha256": sha256,
        "by": by,
    }
    return custom("clearance", day, (donor,), meta)


def confirmation(donor: str, quarter: str, day: date, *, answer: str, source: str, note: str) -> Custom:
    """Record what a donor answered to the letter that asked it to confirm its account."""
    return custom("confirmation", day, (donor, quarter), {"answer": answer, "source": source, "note": note})


def payer(donor: str, day: date, name: str, *, account: str, bic: str, by: str | None) -> Custom:
    """Record that an officer confirmed under which name, and from which account, a donor pays."""
    plain = " ".join(name.replace('"', " ").replace("\\", " ").split())
    return custom("payer", day, (donor, plain), {"account": account, "bic": bic, "by": by})


def reconfirmation(pledge: str, day: date, source: str) -> Custom:
    """Record a donor's written word that it still means to pay."""
    return custom("reconfirmation", day, (pledge,), {"source": source})


def document(txn: Transaction, day: date, path: Path, sha256: str, officer: str | None) -> Document:
    """Bind a document to what an entry says now, in the account and with the links of the entry."""
    meta = {"evidence-of": digest(txn), "evidence-sha256": sha256, "note": describe_entry(txn), "recorded-by": officer}
    content = {key: value for key, value in meta.items() if value}
    return Document(new_metadata("<vfund>", 0, content), day, _account(txn), str(path), None, txn.links or None)


def _account(txn: Transaction) -> str:
    """Return the account beside whose entries Fava shows the document: a donor's, else the first.

    Of the money before the memorandum.
    """
    parts = sorted(
        (account(posting.account) for posting in txn.postings), key=lambda part: part.role in MEMORANDUM_ROLES
    )
    donors = [part for part in parts if part.donor]
    others = [part for part in parts if part.role is not Role.CONTRA]
    return (donors or others or parts)[0].name


def describe_entry(txn: Transaction) -> str:
    """Return in a few words which entry is meant."""
    number = txn.meta.get("receipt-number")
    links = " ".join(sorted(txn.links or ()))
    return ", ".join(str(part) for part in (txn.date, number, links, txn.payee, txn.narration) if part)
