"""Read camt.052, camt.053 and camt.054 (ISO 20022 reports, statements, notifications) of every version and namespace.

Only local names count, so a new version of the schema needs no change here. The XML is read as a stream: no DTD, no
entity of its own, nothing fetched. An entry (`Ntry`) is what was booked; its details (`TxDtls`) are its payments, and
must add up to it.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from re import fullmatch
from typing import NamedTuple

from beancount.core.amount import Amount
from lxml import etree
from lxml.etree import _Element as Element

from importers.ground.configuration import Configuration
from importers.ground.files import Source, read_head
from importers.ground.format import Format
from importers.ground.records import BankStatements, Coverage, Line, Nature, Party, StatedBalance, Statement
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from importers.ground.values import join_words, parse_day, parse_number
from ledger.ground.money import ZERO, show, show_number

_COVERAGE = {"Stmt": Coverage.COMPLETE, "Rpt": Coverage.PART, "Ntfctn": Coverage.PART}
_MESSAGES = (b"BkToCstmrStmt", b"BkToCstmrAcctRpt", b"BkToCstmrDbtCdtNtfctn")
_CODES = {
    Nature.CHARGES: frozenset({"CHRG", "FEES", "COMM", "COME"}),
    Nature.INTEREST: frozenset({"INTR", "CRIN"}),
    Nature.RETURN: frozenset({"RRTN", "RPCR", "RIMB", "PRTN"}),
}
"""Families and sub-families of the ISO 20022 bank transaction codes (external code set) that say what a line is."""

_NO_REFERENCE = frozenset({"", "NOTPROVIDED", "NONREF", "NOT PROVIDED"})
_SHOWN = 6


def open_camt(source: Source, _configuration: Configuration) -> BankStatements | None:
    """Return the statements of a camt message, told by its name; None for any other file."""
    ours = any(name in read_head(source) for name in _MESSAGES)
    return BankStatements(tuple(read(source))) if ours else None


FORMAT = Format("camt (ISO 20022)", "camt.052/053/054", BankStatements, open_camt, states_encoding=True)


def read(source: Source) -> list[Statement]:
    """Read every statement of a message.

    Raises:
        RefusedFileError: with every mistake, when it is no well-formed XML, has a DTD, or an entry does not add up.

    """
    statements: list[Statement] = []
    mistakes: list[Mistake] = []
    lines: list[Line] = []
    if b"<!DOCTYPE" in read_head(source) or b"<!ENTITY" in read_head(source):
        raise _refuse_entities()
    try:
        for element, place in _walk(source):
            try:
                name = _local_name(element.tag)
                if name == "Ntry":
                    lines.append(_read_entry(_build_node(element), place))
                else:
                    statements.append(_read_statement(name, _build_node(element), place, tuple(lines)))
                    lines = []
            except RefusedFileError as error:
                mistakes += error.mistakes
            element.clear()
    except etree.XMLSyntaxError as error:
        what = f"the XML is not whole: {error.msg}."
        raise refuse(f"line {error.lineno}", what, "fetch the file again from the bank.") from error
    if mistakes:
        raise RefusedFileError(mistakes)
    if not statements:
        raise refuse("", "the message holds no statement.", "ask the bank for the statement of the period.")
    return statements


def _walk(source: Source) -> Iterator[tuple[Element, str]]:
    """Return every entry, then its statement, as they end, each with its place."""
    numbers = dict.fromkeys(_COVERAGE, 1)
    entries, has_root = 0, False
    stream = etree.iterparse(
        io.BytesIO(source.content.lstrip()),
        events=("end",),
        tag=[f"{{*}}{name}" for name in ("Ntry", "GrpHdr", *_COVERAGE)],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in stream:
        if not has_root:
            has_root = True
            if element.getroottree().docinfo.doctype:
                raise _refuse_entities()
        name = _local_name(element.tag)
        if name == "Ntry":
            parent = _local_name(element.getparent().tag)
            entries += 1
            yield element, f"line {element.sourceline}, {parent}[{numbers.get(parent, 1)}]/Ntry[{entries}]"
        elif name in numbers:
            yield element, f"line {element.sourceline}, {name}[{numbers[name]}]"
            numbers[name] += 1
            entries = 0


def _refuse_entities() -> RefusedFileError:
    what = "the XML declares a DTD or entities; a bank's file has none."
    return refuse("line 1", what, "do not trust this file.")


@cache
def _local_name(tag: str) -> str:
    """Return the name of a tag without its namespace."""
    return tag.rpartition("}")[2]


class _Node(NamedTuple):
    """An element with what stands in it, by local names: looked up many times, so built once."""

    text: str
    currency: str
    inside: dict[str, list["_Node"]]


def _build_node(element: Element) -> _Node:
    inside: dict[str, list[_Node]] = {}
    for child in element:
        inside.setdefault(_local_name(child.tag), []).append(_build_node(child))
    return _Node((element.text or "").strip(), element.get("Ccy", ""), inside)


def _find(node: _Node | None, *path: str) -> _Node | None:
    """Return the first descendant along a path of local names; None where it ends."""
    for step in path:
        if node is None:
            return None
        result = node.inside.get(step)
        node = result[0] if result else None
    return node


def _find_all(node: _Node | None, name: str) -> list[_Node]:
    return node.inside.get(name, []) if node is not None else []


def _text(node: _Node | None, *path: str) -> str:
    result = _find(node, *path)
    return result.text if result is not None else ""


def _read_statement(name: str, element: _Node, place: str, lines: tuple[Line, ...]) -> Statement:
    account = _find(element, "Acct")
    identity = _find(account, "Id")
    numbers = [
        _text(identity, "IBAN"),
        _text(identity, "Othr", "Id"),
        _text(identity, "PrtryAcct", "Id"),
        _text(identity, "BBAN"),
    ]
    balances = _read_balances(element, place)
    opening = balances.get("OPBD") or balances.get("PRCD") or balances.get("first ITBD")
    closing = balances.get("CLBD") or balances.get("last ITBD")
    if _COVERAGE[name] is Coverage.PART:
        opening = closing = None
    sequence = _text(element, "LglSeqNb") or _text(element, "ElctrncSeqNb")
    page = _text(element, "StmtPgntn", "PgNb")
    statement = Statement(
        place=place,
        numbers=tuple(number for number in numbers if number),
        currency=_text(account, "Ccy") or (opening.currency if opening else lines[0].currency if lines else ""),
        coverage=_COVERAGE[name],
        identity=join_words(_text(element, "Id"), page and f"page {page}"),
        sequence=int(sequence) if sequence.isdigit() and len(sequence) < 19 else None,  # noqa: PLR2004 - as the schema has it
        opening=opening,
        closing=closing,
        lines=lines,
        ends=_text(element, "StmtPgntn", "LastPgInd").lower() not in {"false", "0"},
    )
    _check_summary(element, place, statement)
    return statement


def _read_balances(element: _Node, place: str) -> dict[str, StatedBalance]:
    """Return the balances by their code; of several interim ones the first and the last."""
    result: dict[str, StatedBalance] = {}
    for number, balance in enumerate(_find_all(element, "Bal"), 1):
        here = f"{place}/Bal[{number}]"
        code = _text(balance, "Tp", "CdOrPrtry", "Cd") or _text(balance, "Tp", "Cd")
        amount = _amount(balance, here, "the balance")
        day = _read_day(_find(balance, "Dt"), here, "the date of the balance")
        stated_balance = StatedBalance(_apply_sign(amount.number, balance, here), amount.currency, day)
        if code == "ITBD":
            result.setdefault("first ITBD", stated_balance)
            result["last ITBD"] = stated_balance
        elif code:
            result.setdefault(code, stated_balance)
    return result


def _check_summary(element: _Node, place: str, statement: Statement) -> None:
    """Check the entries against the bank's own counts and sums."""
    summary = _find(element, "TxsSummry")
    sides = {
        "TtlNtries": list(statement.lines),
        "TtlCdtNtries": [line for line in statement.lines if line.number > 0],
        "TtlDbtNtries": [line for line in statement.lines if line.number < 0],
    }
    for name, entries in sides.items():
        bank_total = _find(summary, name)
        count, total = _text(bank_total, "NbOfNtries"), _text(bank_total, "Sum")
        if count and (not count.isdigit() or int(count) != len(entries)):
            raise refuse(
                f"{place}/TxsSummry/{name}",
                f"the bank counts {count} entries, the file holds {len(entries)}.",
                "fetch the file again.",
            )
        own_total = sum((abs(line.number) for line in entries), ZERO)
        if (
            total
            and parse_number(total, place, "the sum") != own_total
            and len({line.currency for line in entries}) < 2
        ):  # noqa: PLR2004 - one currency
            what = f"the bank's sum is {total}, the entries add up to {show_number(own_total)}."
            raise refuse(f"{place}/TxsSummry/{name}", what, "fetch the file again.")


def _read_entry(element: _Node, place: str) -> Line:
    """Read one entry; its payments, where the bank details them."""
    amount = _amount(element, place, "the amount")
    is_booked = (_text(element, "Sts", "Cd") or _text(element, "Sts")) in {"BOOK", ""}
    value_day = _find(element, "ValDt")
    booking = _find(element, "BookgDt")
    if booking is None:
        booking = value_day
    if booking is None and is_booked:
        raise refuse(place, "the entry has no booking date.", "fetch the file again from the bank.")
    line = Line(
        place=place,
        number=_apply_sign(amount.number, element, place),
        currency=amount.currency,
        day=_read_day(booking, place, "the booking date") if booking is not None else date.min,
        value_day=_read_day(value_day, place, "the value date") if value_day is not None else None,
        reference=_text(element, "AcctSvcrRef"),
        text=join_words(_text(element, "AddtlNtryInf")),
        nature=_nature_of(_find(element, "BkTxCd")),
        booked=is_booked,
        reversal=_text(element, "RvslInd").lower() in {"true", "1"},
    )
    holders = _find_all(element, "NtryDtls") or [element]
    details = [detail for holder in holders for detail in _find_all(holder, "TxDtls")]
    payments = [_read_payment(detail, line, f"{place}/TxDtls[{n}]") for n, detail in enumerate(details, 1)]
    if len(payments) == 1:
        only = payments[0]
        return replace(
            line,
            text=only.text or line.text,
            party=only.party,
            instructed=only.instructed,
            nature=only.nature,
            reference=line.reference or only.reference,
        )
    return _split_batch(line, payments, details) if payments else line


def _read_payment(detail: _Node, entry: Line, place: str) -> Line:
    """Read one payment of an entry: who, what for, how much was ordered."""
    credit = (entry.number > 0) != entry.reversal
    side = "Dbtr" if credit else "Cdtr"
    parties, agents = _find(detail, "RltdPties"), _find(detail, "RltdAgts")
    account = _find(parties, f"{side}Acct", "Id")
    agent = _find(agents, f"{side}Agt", "FinInstnId")
    remittance = _find(detail, "RmtInf")
    text = join_words(
        *(_text(part) for part in _find_all(remittance, "Ustrd")),
        *(
            _text(part, "CdtrRefInf", "Ref") or _text(part, "CdtrRefInf", "CdtrRef")
            for part in _find_all(remittance, "Strd")
        ),
        *(_text(part, "AddtlRmtInf") for part in _find_all(remittance, "Strd")),
        _text(detail, "AddtlTxInf"),
    )
    references = _find(detail, "Refs")
    end_to_end = _text(references, "EndToEndId")
    name = _find_party(parties, side)
    instructed_amount = _find(detail, "AmtDtls", "InstdAmt")
    return replace(
        entry,
        place=place,
        reference=_text(references, "AcctSvcrRef"),
        text=join_words(text, end_to_end if end_to_end not in _NO_REFERENCE else "", _principal(parties, side, name)),
        party=Party(
            name=name,
            account=_text(account, "IBAN") or _text(account, "Othr", "Id") or _text(account, "PrtryAcct", "Id"),
            bic=_text(agent, "BICFI") or _text(agent, "BIC"),
        ),
        instructed=_amount(instructed_amount, place, "the amount ordered") if instructed_amount is not None else None,
        nature=_nature_of_payment(detail, entry),
    )


def _principal(parties: _Node | None, side: str, name: str) -> str:
    """Return the one for whom the other side acts, where that is somebody else."""
    ultimate = _party_name(parties, f"Ultmt{side}")
    return f"for {ultimate}" if ultimate and ultimate != name else ""


def _party_name(parties: _Node | None, tag: str) -> str:
    return join_words(_text(parties, tag, "Nm") or _text(parties, tag, "Pty", "Nm"))


def _find_party(parties: _Node | None, side: str) -> str:
    """Return the name of the other side: the party itself, else the one for whom it acts."""
    return _party_name(parties, side) or _party_name(parties, f"Ultmt{side}")


def _split_batch(entry: Line, payments: list[Line], details: list[_Node]) -> Line:
    """Return an entry with its payments, which must add up to it; alone, where the bank gives them no amounts."""
    amounts = [_detail_amount(detail, payment) for detail, payment in zip(details, payments, strict=True)]
    payment_amounts = [amount for amount in amounts if amount is not None]
    if not payment_amounts:
        return replace(entry, text=join_words(entry.text, f"batch of {len(payments)} payments"))
    if len(payment_amounts) < len(amounts):
        what = f"{len(payment_amounts)} of the {len(amounts)} payments of the entry have an amount."
        raise refuse(entry.place, what, "ask the bank for the details of the batch.")
    total = sum((amount.number for amount in payment_amounts), ZERO)
    charges = [_sum_charges(detail) for detail in details]
    if total != entry.number and total - sum(charges, ZERO) == entry.number:
        ordered_amounts, payment_amounts = (
            payment_amounts,
            [Amount(a.number - c, a.currency) for a, c in zip(payment_amounts, charges, strict=True)],
        )
        payments = [replace(p, instructed=p.instructed or a) for p, a in zip(payments, ordered_amounts, strict=True)]
        total = entry.number
    if total != entry.number or {amount.currency for amount in payment_amounts} != {entry.currency}:
        sums = " + ".join(show(amount) for amount in payment_amounts[:_SHOWN]) + " + …" * (
            len(payment_amounts) > _SHOWN
        )
        what = f"the payments add up to {sums} = {show_number(total)}, but {show_number(entry.number)} {entry.currency} was booked."
        raise refuse(entry.place, what, "ask the bank for the details of the batch.")
    parts = tuple(
        replace(payment, number=amount.number) for payment, amount in zip(payments, payment_amounts, strict=True)
    )
    return replace(entry, parts=parts)


def _sum_charges(detail: _Node) -> Decimal:
    """Return the charges that a payment says were taken from it."""
    holders = [part for charges in _find_all(detail, "Chrgs") for part in (_find_all(charges, "Rcrd") or [charges])]
    return sum((_amount(part, "", "the charge").number for part in holders if _find(part, "Amt") is not None), ZERO)


def _detail_amount(detail: _Node, payment: Line) -> Amount | None:
    """Return the signed amount of a payment in a batch, in the currency in which it was booked."""
    holder = _find(detail, "AmtDtls", "TxAmt")
    if holder is None and _find(detail, "Amt") is not None:
        holder = detail
    if holder is None:
        return None
    amount = _amount(holder, payment.place, "the amount")
    own = _find(detail, "CdtDbtInd")
    negative = _text(own) == "DBIT" if own is not None else payment.number < 0
    return Amount(-amount.number if negative else amount.number, amount.currency)


def _nature_of_payment(detail: _Node, entry: Line) -> Nature:
    """Return what a payment is: one with information on a return is a return, whatever its code."""
    if _find(detail, "RtrInf") is not None:
        return Nature.RETURN
    code = _find(detail, "BkTxCd")
    return _nature_of(code) if code is not None else entry.nature


def _nature_of(code: _Node | None) -> Nature:
    """Return what a line is by the codes of its family and sub-family."""
    family = _find(code, "Domn", "Fmly")
    result = {_text(family, "Cd"), _text(family, "SubFmlyCd")}
    if fullmatch(r"NRTI.*|.*\+(159|109|108)\+.*", _text(code, "Prtry", "Cd")):
        return Nature.RETURN  # the German banks' code (GVC) of a returned payment, and SWIFT's
    return next((nature for nature, codes in _CODES.items() if result & codes), Nature.PAYMENT)


def _amount(element: _Node, place: str, what: str) -> Amount:
    amount = _find(element, "Amt")
    currency = amount.currency if amount is not None else ""
    number = parse_number(amount.text if amount is not None else None, place, what)
    if number < 0:
        raise refuse(place, f"{what} is {number}; an amount has no sign here.", "fetch the file again from the bank.")
    if not fullmatch("[A-Z]{3}", currency):
        raise refuse(place, f"{what} has the currency {currency!r}.", "three capital letters are expected.")
    return Amount(number, currency)


def _apply_sign(number: Decimal, element: _Node, place: str) -> Decimal:
    side = _text(element, "CdtDbtInd")
    if side not in {"CRDT", "DBIT"}:
        raise refuse(place, f"`CdtDbtInd` is {side!r}.", "CRDT or DBIT is expected.")
    return number if side == "CRDT" else -number


def _read_day(element: _Node | None, place: str, what: str) -> date:
    return parse_day(_text(element, "Dt") or _text(element, "DtTm"), place, what)
