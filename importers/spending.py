"""Turn an extract of expenditure into entries: what was spent on which object and purpose, owed until the bank pays it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256

from beancount.core.data import Transaction

from importers.configuration import Expenditure
from importers.readers.expenditure import Spent
from importers.readers.values import words
from importers.refusal import Mistake, RefusedFileError
from ledger.accounts import PAYABLE
from ledger.fund import Fund
from ledger.language.kinds import Kind
from ledger.language.nearest import did_you_mean
from ledger.money import ZERO
from ledger.postings import entry_of, posting_of, price_of
from ledger.takes import ComposeError

PREFIX = "expenditure "


@dataclass(frozen=True, slots=True)
class Extract:
    """What an extract adds; `known` counts the lines that the book has already."""

    transactions: list[Transaction] = field(default_factory=list)
    known: int = 0
    total: Decimal = ZERO
    currency: str = ""


def plan(
    fund: Fund, lines: Sequence[Spent], declared: Expenditure, recorded_by: str | None, today: date, proof: str
) -> Extract:
    """Plan the expenditure of an extract; `proof` is the SHA-256 of its file, which proves the entries.

    Raises:
        RefusedFileError: with every object, purpose and donor that the book does not know, and every line that takes something back.

    """
    mistakes: list[Mistake] = []
    if PAYABLE not in fund.contents.opens:
        mistakes.append(
            Mistake(
                "", f"the book has no account {PAYABLE}.", f"add `2004-06-08 open {PAYABLE}` to accounts.beancount."
            )
        )
    in_book = {}
    for entry in fund.by_kind[Kind.EXPENDITURE]:
        known_as, _, said = str(entry.txn.meta.get("import-id", "")).rpartition(" ")
        in_book[known_as] = said
    seen: Counter[str] = Counter()
    found: list[Transaction] = []
    known = 0
    for line in lines:
        identity = f"{PREFIX}{line.document} {line.day} {line.object.text} {line.number.normalize():f} {line.currency}"
        seen[identity] += 1
        if seen[identity] > 1:
            identity += f" #{seen[identity]}"
        said = _said(line)
        if identity in in_book:
            known += 1
            if in_book[identity] != said:
                what = f"the document {line.document!r} is in the book with another purpose, donor or description."
                mistakes.append(
                    Mistake(line.place, what, "correct the entry in the book, or give the line a document of its own.")
                )
            continue
        try:
            found.append(_entry(fund, line, declared, f"{identity} {said}", recorded_by, today, proof))
        except RefusedFileError as error:
            mistakes += error.mistakes
    if mistakes:
        raise RefusedFileError(mistakes)
    total = sum((line.number for line in lines), ZERO)
    return Extract(found, known, total, lines[0].currency if lines else "")


def _said(line: Spent) -> str:
    """Give a digest of what else a line says."""
    text = "\x1f".join((line.purpose.text, line.donor.text if line.donor else "", line.description))
    return sha256(text.encode()).hexdigest()[:8]


def _entry(
    fund: Fund,
    line: Spent,
    declared: Expenditure,
    identity: str,
    recorded_by: str | None,
    today: date,
    proof: str,
) -> Transaction:
    mistakes: list[Mistake] = []
    account = _account(fund, line, declared, mistakes)
    purpose = declared.purposes.get(line.purpose.text, line.purpose.text)
    slugs = [item.slug for item in fund.directives.purposes]
    if purpose not in slugs:
        meant = "" if purpose == line.purpose.text else f" (import.toml makes it {purpose!r})"
        what = f"the purpose {line.purpose.text!r}{meant} is not declared; {did_you_mean(purpose, slugs)}."
        mistakes.append(Mistake(line.purpose.place, what, "map it under [expenditure.purposes] in import.toml."))
    donor = fund.registry.find(line.donor.text) if line.donor and line.donor.text else None
    if line.donor and line.donor.text and donor is None:
        mistakes.append(
            Mistake(
                line.donor.place,
                f"no donor {line.donor.text!r} is registered.",
                "correct it in the ERP, or register the donor.",
            )
        )
    if line.number <= ZERO:
        what = f"{line.number} takes an earlier line back."
        mistakes.append(
            Mistake(
                line.place,
                what,
                "reverse that entry in the book (#expenditure #correction), and take both lines out of the extract.",
            )
        )
    price = None
    try:
        price = price_of(fund, line.currency, line.day, None)
    except ComposeError:
        mistakes.append(
            Mistake(
                line.place,
                f"the book has no rate of {line.currency} on {line.day}.",
                f"import the UN operational rates of {line.day:%B %Y} first.",
            )
        )
    if mistakes:
        raise RefusedFileError(mistakes)
    meta = {
        "purpose": purpose,
        "document": line.document,
        "donor": donor.code if donor else None,
        "import-id": identity,
        "statement-sha256": proof,
        "recorded": today if today != line.day else None,
        "recorded-by": recorded_by,
    }
    postings = [
        posting_of(account, line.number, line.currency, price=price),
        posting_of(PAYABLE, -line.number, line.currency, price=price),
    ]
    return entry_of(
        Kind.EXPENDITURE, line.day, "", words(line.description) or f"Expenditure {line.document}", postings, meta, []
    )


def _account(fund: Fund, line: Spent, declared: Expenditure, mistakes: list[Mistake]) -> str:
    """Give the account of an object of expenditure: as import.toml maps it, else `Expenses:` and its name."""
    name = declared.objects.get(line.object.text, line.object.text)
    account = name if name.startswith("Expenses:") else f"Expenses:{name}"
    if account not in fund.contents.opens:
        objects = [known.removeprefix("Expenses:") for known in fund.contents.opens if known.startswith("Expenses:")]
        meant = "" if name == line.object.text else f" (import.toml makes it {name!r})"
        what = f"the object of expenditure {line.object.text!r}{meant} has no account; {did_you_mean(name, objects)}."
        mistakes.append(
            Mistake(line.object.place, what, "map it under [expenditure.objects] in import.toml, or open the account.")
        )
    return account
