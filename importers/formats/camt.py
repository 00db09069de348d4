"""Read camt.052, camt.053 and camt.054 (ISO 20022 reports, statements, notifications) of every version and namespace.

Only local names count, so a new version of the schema needs no change here. An entry (`Ntry`) is what was booked; its
details (`TxDtls`) are its payments, and must add up to it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from re import fullmatch
from typing import NamedTuple

from beancount.core.amount import Amount

from importers.ground.configuration import Configuration
from importers.ground.files import Source, read_head
from importers.ground.format import Format
from importers.ground.nodes import Node, all_kept, find, find_all, line_numbers, parse_xml, text_at
from importers.ground.records import NO_PARTY, BankStatements, Coverage, Line, Nature, Party, StatedBalance, Statement
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from importers.ground.values import join_words, parse_day, parse_number
from ledger.ground.money import ZERO, show, show_number

_COVERAGE = {"Stmt": Coverage.COMPLETE, "Rpt": Coverage.PART, "Ntfctn": Coverage.PART}
_MESSAGES = {b"BkToCstmrStmt": "Stmt", b"BkToCstmrAcctRpt": "Rpt", b"BkToCstmrDbtCdtNtfctn": "Ntfctn"}
"""What a message calls its statements."""
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
    if not any(name in read_head(source) for name in _MESSAGES):
        return None
    with all_kept():
        return BankStatements(tuple(read(source)))


FORMAT = Format("camt (ISO 20022)", "camt.052/053/054", BankStatements, open_camt, states_encoding=True)


def read(source: Source) -> list[Statement]:
    """Read every statement of a message.

    Raises:
        RefusedFileError: with every mistake, when it is no well-formed XML, has a DTD, or an entry does not add up.

    """
    statements: list[Statement] = []
    mistakes: list[Mistake] = []
    head = read_head(source)
    kind = next(name for message, name in _MESSAGES.items() if message in head)
    begins, entry_begins = (line_numbers(source.content, name) for name in (kind, "Ntry"))
    for number, statement in enumerate(parse_xml(source.content).iter(kind), 1):
        place = f"{_line(begins)}{kind}[{number}]"
        lines: list[Line] = []
        for count, entry in enumerate(statement.findall("Ntry"), 1):
            try:
                lines.append(_read_entry(entry, f"{_line(entry_begins)}{kind}[{number}]/Ntry[{count}]"))
            except RefusedFileError as error:
                mistakes += error.mistakes
        try:
            statements.append(_read_statement(statement, place, tuple(lines)))
        except RefusedFileError as error:
            mistakes += error.mistakes
    if mistakes:
        raise RefusedFileError(mistakes)
    if not statements:
        raise refuse("", "the message holds no statement.", "ask the bank for the statement of the period.")
    return statements


def _line(numbers: Iterator[int]) -> str:
    """Return where the next element begins, as a place names it; nothing where that is not known."""
    number = next(numbers, None)
    return f"line {number}, " if number else ""


def _read_statement(element: Node, place: str, lines: tuple[Line, ...]) -> Statement:
    account = find(element, "Acct")
    identity = find(account, "Id")
    numbers = [
        text_at(identity, "IBAN"),
        text_at(identity, "Othr", "Id"),
        text_at(identity, "PrtryAcct", "Id"),
        text_at(identity, "BBAN"),
    ]
    balances = _read_balances(element, place)
    opening = balances.get("OPBD") or balances.get("PRCD") or balances.get("first ITBD")
    closing = balances.get("CLBD") or balances.get("last ITBD")
    if _COVERAGE[element.tag] is Coverage.PART:
        opening = closing = None
    sequence = text_at(element, "LglSeqNb") or text_at(element, "ElctrncSeqNb")
    page = text_at(element, "StmtPgntn", "PgNb")
    statement = Statement(
        place=place,
        numbers=tuple(number for number in numbers if number),
        currency=text_at(account, "Ccy") or (opening.currency if opening else lines[0].currency if lines else ""),
        coverage=_COVERAGE[element.tag],
        identity=join_words(text_at(element, "Id"), page and f"page {page}"),
        sequence=int(sequence) if sequence.isdigit() and len(sequence) < 19 else None,  # noqa: PLR2004 - as the schema has it
        opening=opening,
        closing=closing,
        lines=lines,
        ends=text_at(element, "StmtPgntn", "LastPgInd").lower() not in {"false", "0"},
    )
    _check_summary(element, place, statement)
    return statement


def _read_balances(element: Node, place: str) -> dict[str, StatedBalance]:
    """Return the balances by their code; of several interim ones the first and the last."""
    result: dict[str, StatedBalance] = {}
    for number, balance in enumerate(find_all(element, "Bal"), 1):
        here = f"{place}/Bal[{number}]"
        code = text_at(balance, "Tp", "CdOrPrtry", "Cd") or text_at(balance, "Tp", "Cd")
        amount = _amount(balance, here, "the balance")
        day = _read_day(find(balance, "Dt"), here, "the date of the balance")
        stated = StatedBalance(_apply_sign(amount.number, balance, here), amount.currency, day)
        if code == "ITBD":
            result.setdefault("first ITBD", stated)
            result["last ITBD"] = stated
        elif code:
            result.setdefault(code, stated)
    return result


def _check_summary(element: Node, place: str, statement: Statement) -> None:
    """Check the entries against the bank's own counts and sums."""
    summary = find(element, "TxsSummry")
    sides = {
        "TtlNtries": list(statement.lines),
        "TtlCdtNtries": [line for line in statement.lines if line.number > 0],
        "TtlDbtNtries": [line for line in statement.lines if line.number < 0],
    }
    for name, entries in sides.items():
        stated = find(summary, name)
        count, total = text_at(stated, "NbOfNtries"), text_at(stated, "Sum")
        if count and (not count.isdigit() or int(count) != len(entries)):
            raise refuse(
                f"{place}/TxsSummry/{name}",
                f"the bank counts {count} entries, the file holds {len(entries)}.",
                "fetch the file again.",
            )
        counted = sum((abs(line.number) for line in entries), ZERO)
        if total and parse_number(total, place, "the sum") != counted and len({line.currency for line in entries}) < 2:  # noqa: PLR2004 - one currency
            what = f"the bank's sum is {total}, the entries add up to {show_number(counted)}."
            raise refuse(f"{place}/TxsSummry/{name}", what, "fetch the file again.")


def _read_entry(element: Node, place: str) -> Line:
    """Read one entry; its payments, where the bank details them."""
    amount = _amount(element, place, "the amount")
    booked = (text_at(element, "Sts", "Cd") or text_at(element, "Sts")) in {"BOOK", ""}
    value_day = find(element, "ValDt")
    booking = find(element, "BookgDt")
    if booking is None:
        booking = value_day
    if booking is None and booked:
        raise refuse(place, "the entry has no booking date.", "fetch the file again from the bank.")
    number = _apply_sign(amount.number, element, place)
    reversal = text_at(element, "RvslInd").lower() in {"true", "1"}
    nature = _nature_of(find(element, "BkTxCd"))
    holders = find_all(element, "NtryDtls") or [element]
    details = [detail for holder in holders for detail in find_all(holder, "TxDtls")]
    credit = (number > ZERO) != reversal
    payments = [
        _read_payment(detail, nature, f"{place}/TxDtls[{n}]", credit=credit) for n, detail in enumerate(details, 1)
    ]
    only = payments[0] if len(payments) == 1 else _Payment(place, nature)
    line = Line(
        place=place,
        number=number,
        currency=amount.currency,
        day=_read_day(booking, place, "the booking date") if booking is not None else date.min,
        value_day=_read_day(value_day, place, "the value date") if value_day is not None else None,
        reference=text_at(element, "AcctSvcrRef") or only.reference,
        text=only.text or join_words(text_at(element, "AddtlNtryInf")),
        party=only.party,
        nature=only.nature,
        instructed=only.instructed,
        booked=booked,
        reversal=reversal,
    )
    if len(details) > 1:
        return _split_batch(line, [replace(line, **payment._asdict()) for payment in payments], details)
    if details:
        kept = _sum_charges(details[0]) or _sum_charges(element)
        return _keep_charges(line, _detail_amount(details[0], line), kept)
    return line


def _keep_charges(line: Line, amount: Amount | None, charges: Decimal) -> Line:
    """Return an entry of one payment with what the bank kept of it, where the two amounts say so.

    Of a credit that is what the payer gave beyond it; what was taken beside a debit is a line of its own.
    """
    if amount is None or amount.currency != line.currency or not charges or line.reversal:
        return line
    if amount.number - charges != line.number:
        return line
    if line.number > ZERO:
        return replace(line, instructed=line.instructed or amount)
    payment = replace(line, number=amount.number, reference="")
    return replace(line, parts=(payment, _charge_line(payment, charges)))


def _charge_line(payment: Line, charges: Decimal) -> Line:
    """Return what the bank took for itself beside a payment that left the account."""
    return replace(payment, number=-charges, nature=Nature.CHARGES, reference="", party=NO_PARTY, instructed=None)


class _Payment(NamedTuple):
    """What a bank details of one payment of an entry."""

    place: str
    nature: Nature
    reference: str = ""
    text: str = ""
    party: Party = NO_PARTY
    instructed: Amount | None = None


def _read_payment(detail: Node, nature: Nature, place: str, *, credit: bool) -> _Payment:
    """Read one payment of an entry: who, what for, how much was ordered."""
    side = "Dbtr" if credit else "Cdtr"
    parties, agents = find(detail, "RltdPties"), find(detail, "RltdAgts")
    account = find(parties, f"{side}Acct", "Id")
    agent = find(agents, f"{side}Agt", "FinInstnId")
    remittance = find(detail, "RmtInf")
    text = join_words(
        *(text_at(part) for part in find_all(remittance, "Ustrd")),
        *(
            text_at(part, "CdtrRefInf", "Ref") or text_at(part, "CdtrRefInf", "CdtrRef")
            for part in find_all(remittance, "Strd")
        ),
        *(text_at(part, "AddtlRmtInf") for part in find_all(remittance, "Strd")),
        text_at(detail, "AddtlTxInf"),
    )
    references = find(detail, "Refs")
    end_to_end = text_at(references, "EndToEndId")
    name = _find_party(parties, side)
    ordered = find(detail, "AmtDtls", "InstdAmt")
    return _Payment(
        place=place,
        reference=text_at(references, "AcctSvcrRef"),
        text=join_words(text, end_to_end if end_to_end not in _NO_REFERENCE else "", _principal(parties, side, name)),
        party=Party(
            name=name,
            account=text_at(account, "IBAN") or text_at(account, "Othr", "Id") or text_at(account, "PrtryAcct", "Id"),
            bic=text_at(agent, "BICFI") or text_at(agent, "BIC"),
        ),
        instructed=_amount(ordered, place, "the amount ordered") if ordered is not None else None,
        nature=_nature_of_payment(detail, nature),
    )


def _principal(parties: Node | None, side: str, name: str) -> str:
    """Return the one for whom the other side acts, where that is somebody else."""
    ultimate = _party_name(parties, f"Ultmt{side}")
    return f"for {ultimate}" if ultimate and ultimate != name else ""


def _party_name(parties: Node | None, tag: str) -> str:
    return join_words(text_at(parties, tag, "Nm") or text_at(parties, tag, "Pty", "Nm"))


def _find_party(parties: Node | None, side: str) -> str:
    """Return the name of the other side: the party itself, else the one for whom it acts."""
    return _party_name(parties, side) or _party_name(parties, f"Ultmt{side}")


def _split_batch(entry: Line, payments: list[Line], details: list[Node]) -> Line:
    """Return an entry with its payments, which must add up to it; alone, where the bank gives them no amounts."""
    amounts = [_detail_amount(detail, payment) for detail, payment in zip(details, payments, strict=True)]
    stated = [amount for amount in amounts if amount is not None]
    if not stated:
        return replace(entry, text=join_words(entry.text, f"batch of {len(payments)} payments"))
    if len(stated) < len(amounts):
        what = f"{len(stated)} of the {len(amounts)} payments of the entry have an amount."
        raise refuse(entry.place, what, "ask the bank for the details of the batch.")
    total = sum((amount.number for amount in stated), ZERO)
    charges = [_sum_charges(detail) for detail in details]
    if total != entry.number and total - sum(charges, ZERO) == entry.number:
        if entry.number > ZERO:
            kept = [Amount(a.number - c, a.currency) for a, c in zip(stated, charges, strict=True)]
            payments = [replace(p, instructed=p.instructed or a) for p, a in zip(payments, stated, strict=True)]
            stated = kept
        else:
            apart = [(p, c) for p, c in zip(payments, charges, strict=True) if c]
            payments = [*payments, *(_charge_line(p, c) for p, c in apart)]
            stated = [*stated, *(Amount(-c, entry.currency) for _, c in apart)]
        total = entry.number
    if total != entry.number or {amount.currency for amount in stated} != {entry.currency}:
        sums = " + ".join(show(amount) for amount in stated[:_SHOWN]) + " + …" * (len(stated) > _SHOWN)
        what = f"the payments add up to {sums} = {show_number(total)}, but {show_number(entry.number)} {entry.currency} was booked."
        raise refuse(entry.place, what, "ask the bank for the details of the batch.")
    parts = tuple(replace(payment, number=amount.number) for payment, amount in zip(payments, stated, strict=True))
    return replace(entry, parts=parts)


def _sum_charges(holder: Node) -> Decimal:
    """Return the charges that an entry or a payment states, less what was given back of them."""
    total = ZERO
    for charges in find_all(holder, "Chrgs"):
        for part in find_all(charges, "Rcrd") or [charges]:
            if find(part, "Amt") is not None:
                number = _amount(part, "", "the charge").number
                total += -number if text_at(part, "CdtDbtInd") == "CRDT" else number
    return total


def _detail_amount(detail: Node, payment: Line) -> Amount | None:
    """Return the signed amount of a payment in a batch, in the currency in which it was booked."""
    holder = find(detail, "AmtDtls", "TxAmt")
    if holder is None and find(detail, "Amt") is not None:
        holder = detail
    if holder is None:
        return None
    amount = _amount(holder, payment.place, "the amount")
    own = find(detail, "CdtDbtInd")
    negative = text_at(own) == "DBIT" if own is not None else payment.number < 0
    return Amount(-amount.number if negative else amount.number, amount.currency)


def _nature_of_payment(detail: Node, nature: Nature) -> Nature:
    """Return what a payment is: one with information on a return is a return, whatever its code."""
    if find(detail, "RtrInf") is not None:
        return Nature.RETURN
    code = find(detail, "BkTxCd")
    return _nature_of(code) if code is not None else nature


def _nature_of(code: Node | None) -> Nature:
    """Return what a line is by the codes of its family and sub-family."""
    family = find(code, "Domn", "Fmly")
    result = {text_at(family, "Cd"), text_at(family, "SubFmlyCd")}
    if fullmatch(r"NRTI.*|.*\+(159|109|108)\+.*", text_at(code, "Prtry", "Cd")):
        return Nature.RETURN  # the German banks' code (GVC) of a returned payment, and SWIFT's
    return next((nature for nature, codes in _CODES.items() if result & codes), Nature.PAYMENT)


def _amount(element: Node, place: str, what: str) -> Amount:
    amount = find(element, "Amt")
    currency = amount.get("Ccy", "") if amount is not None else ""
    number = parse_number(amount.text if amount is not None else None, place, what)
    if number < 0:
        raise refuse(place, f"{what} is {number}; an amount has no sign here.", "fetch the file again from the bank.")
    if not fullmatch("[A-Z]{3}", currency):
        raise refuse(place, f"{what} has the currency {currency!r}.", "three capital letters are expected.")
    return Amount(number, currency)


def _apply_sign(number: Decimal, element: Node, place: str) -> Decimal:
    side = text_at(element, "CdtDbtInd")
    if side not in {"CRDT", "DBIT"}:
        raise refuse(place, f"`CdtDbtInd` is {side!r}.", "CRDT or DBIT is expected.")
    return number if side == "CRDT" else -number


def _read_day(element: Node | None, place: str, what: str) -> date:
    return parse_day(text_at(element, "Dt") or text_at(element, "DtTm"), place, what)
