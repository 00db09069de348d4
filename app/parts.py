"""What several forms read alike: instalments, settlements, purposes, bank accounts."""

from collections.abc import Sequence
from datetime import date

from app.asking import Form, day, unlikely_due
from ledger.acts.takes import ComposeError, Part, Take, takes_from
from ledger.ground.money import parse_amount
from ledger.language.accounts import PAYABLE, Role, account
from ledger.language.nearest import did_you_mean
from ledger.model.fund import Fund
from ledger.model.pledges import Instalment


def instalments(texts: Sequence[str]) -> list[Part]:
    """Read `150000 USD@2016-10-31` for each instalment.

    Raises:
        ValueError: when one of them is anything else.

    """
    parts = []
    for text in texts:
        amount, at, due = text.partition("@")
        if not at:
            raise ValueError(f"{text!r}: write an instalment as AMOUNT@DUE, such as '150000 USD@2016-10-31'")
        parts.append(Part(parse_amount(amount), day(due.strip())))
    return parts


def promised(form: Form, texts: Sequence[str], begin: date | None, what: str) -> list[Part]:
    """Return the instalments of `--instalment`, each due on a likely day; a mistake is kept for the form."""
    parts: list[Part] = form.read("--instalment", texts, instalments) or []
    doubt = unlikely_due(begin, what)
    for part in parts:
        if part.due is not None and not form.stands("--instalment", part.due, doubt) and form.interactive:
            form.wrong.append(f"--instalment: {part.due} is not right; correct it")
    return parts


def settlements(fund: Fund, texts: Sequence[str], when: date) -> list[Take]:
    """Read `PL-2016-003/1=150000 USD` (or `PL-2016-003/1`, all that is outstanding) for each.

    Raises:
        ValueError: when one of them is anything else, or names nothing that is outstanding.

    """
    takes: list[Take] = []
    for text in texts:
        label, equals, amount = text.partition("=")
        takes += takes_from(fund, label, parse_amount(amount) if equals else None, when)
    return takes


def purpose(fund: Fund, text: str) -> str:
    """Read the slug of a declared purpose.

    Raises:
        ComposeError: when the book does not declare it.

    """
    declared = [item.slug for item in fund.directives.purposes]
    if text not in declared:
        raise ComposeError(f"the purpose {text!r} is not declared; {did_you_mean(text, declared)}")
    return text


def asked_purpose(fund: Fund) -> str:
    """Give the question for a purpose, with the declared ones."""
    listed = ", ".join(item.slug for item in fund.directives.purposes)
    return f"Purpose that the donor states ({listed})"


def asks_purpose(instalments: Sequence[Instalment]) -> bool:
    """Return whether a purpose is to be asked for: what is settled states none, or some of it does not; several are split by themselves."""
    stated = {instalment.opened.txn.meta.get("purpose") for instalment in instalments}
    return not stated or None in stated


def banks(fund: Fund) -> list[str]:
    """Give the bank accounts of the book."""
    return [name for name in fund.contents.opens if account(name).role is Role.BANK]


def paid_from(fund: Fund, text: str) -> str:
    """Read a bank account of the book, or accounts payable: the bank has taken the money already, and an import booked it there.

    Raises:
        ValueError: when the book has none of that name.

    """
    return text if text == PAYABLE and PAYABLE in fund.contents.opens else bank(fund, text)


def bank(fund: Fund, text: str) -> str:
    """Read a bank account of the book.

    Raises:
        ValueError: when the book has none of that name.

    """
    if text not in banks(fund):
        raise ValueError(f"{text!r} is not a bank account of the book; it has: {', '.join(banks(fund)) or 'none'}")
    return text
