"""The book as a whole: booking, instalments, reversals of receipts, rates of settlements, refunds."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ledger import entries
from ledger.accounts import Role
from ledger.findings import Finding
from ledger.fund import CASH_KINDS, Fund
from ledger.language.kinds import Kind
from ledger.language.nearest import or_nothing
from ledger.money import ZERO
from ledger.phrases import N_, Text, say
from ledger.pledges import Effect, Instalment
from ledger.reversals import originals
from plugins.pledge_lifecycle.messages import MESSAGES


def booking(fund: Fund) -> Iterator[Finding]:
    """Yield what weakens the booking of lots."""
    yield from _strict(fund)
    for pad in fund.contents.pads:
        yield MESSAGES.finding("padded", pad, account=pad.account)


def check(fund: Fund) -> Iterator[Finding]:
    """Yield what is wrong beyond single entries."""
    yield from _corrections(fund)
    yield from _openings(fund)
    yield from _payable(fund)
    yield from _far(fund)
    yield from _instalments(fund)
    yield from _refunds(fund)


def _strict(fund: Fund) -> Iterator[Finding]:
    method = getattr(fund.options.get("booking_method"), "value", "STRICT")
    if method != "STRICT":
        yield MESSAGES.finding("not-strict", {"filename": fund.options.get("filename"), "lineno": 1}, method=method)


def _corrections(fund: Fund) -> Iterator[Finding]:
    """Point at every reversal that takes back no entry, or one that was taken back already."""
    taken_back = fund.once(originals)
    numbers = {receipt.number for receipt in fund.receipts} - {""}
    for entry in fund.entries:
        if not entry.reversal or entry.kind is None or taken_back[id(entry.txn)] is not None:
            continue
        corrects = entries.text(entry.txn, "corrects")
        if entry.kind in CASH_KINDS and corrects not in numbers:
            suggestion = or_nothing("; {hint}", corrects, numbers)
            yield MESSAGES.finding("corrects-unknown", entry.txn, corrects=corrects, suggestion=suggestion)
        else:
            yield MESSAGES.finding("reverses-nothing", entry.txn, kind=entry.kind.value)


def _openings(fund: Fund) -> Iterator[Finding]:
    """Point at balances that are brought forward after the book has begun."""
    begun = next((entry.txn.date for entry in fund.entries if entry.kind is not Kind.OPENING), None)
    for entry in fund.by_kind[Kind.OPENING]:
        if begun is not None and entry.txn.date > begun:
            yield MESSAGES.finding("opening-late", entry.txn, day=entry.txn.date, begun=begun)


def _payable(fund: Fund) -> Iterator[Finding]:
    """Point at a refund that pays more than was set aside for it."""
    owed = ZERO
    for kind in (Kind.OPENING, Kind.REFUND):
        for entry in fund.by_kind[kind]:
            change = sum((-entries.value(p) for part, p in entry.money if part.role is Role.REFUNDS_PAYABLE), ZERO)
            owed += change
            if change < ZERO and owed < ZERO:
                yield MESSAGES.finding("refund-not-set-aside", entry.txn, number=-owed, unit=fund.unit)


def _far(fund: Fund) -> Iterator[Finding]:
    """Point at a settlement that brought much more or much less than the rate of the pledge."""
    for instalment in fund.instalments.values():
        for movement in instalment.movements:
            if movement.credited and abs(movement.exchange_difference) * 5 > abs(movement.carried):
                amounts = {"carried": movement.carried, "credited": movement.credited}
                short = instalment.currency == fund.unit and movement.exchange_difference > 1
                code = "settled-short" if short else "far-from-rate"
                yield MESSAGES.finding(code, movement.entry, label=instalment.label, unit=fund.unit, **amounts)


def _instalments(fund: Fund) -> Iterator[Finding]:
    """Judge instalments as a whole: one donor, one lot per label, a due date."""
    for instalment in fund.instalments.values():
        owner = fund.pledges[instalment.pledge].donor
        facts: dict[str, object] = {"label": instalment.label, "account": instalment.account.name}
        if instalment.account.donor != owner:
            donor = instalment.account.donor
            yield MESSAGES.finding("another-donor", instalment.opened, **facts, owner=owner, donor=donor)
        yield from _rate(fund.unit, instalment)
        if instalment.account.role is Role.COMMITTED and instalment.due is None:
            yield MESSAGES.finding("no-due-date", instalment.opened, **facts)
        for movement in instalment.movements:
            opening = movement.effect in {Effect.PLEDGED, Effect.MOVED_IN} and movement.number > ZERO
            if opening and movement.entry is not instalment.opened:
                first = instalment.opened.date
                yield MESSAGES.finding("label-again", movement.entry, **facts, first=first, pledge=instalment.pledge)


def _rate(unit: str, instalment: Instalment) -> Iterator[Finding]:
    carried_in, rate = instalment.carried_in, instalment.rate
    expected: Text = ""
    if carried_in != unit:
        expected = say("the book is kept in {unit}", unit=unit)
    elif instalment.currency == unit and rate != 1:
        expected = say("a pledge in {unit} is carried at 1", unit=unit)
    elif rate <= ZERO:
        expected = N_("a rate is more than nothing")
    if expected:
        facts = {"label": instalment.label, "rate": rate, "currency": carried_in, "unit": unit, "expected": expected}
        yield MESSAGES.finding("wrong-rate", instalment.opened, **facts)


def _refunds(fund: Fund) -> Iterator[Finding]:
    """Compare refunds with receipts, per account, at the date of each refund: in their own currency, else by their value."""
    received: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    refunded: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    in_order = sorted(fund.contributions, key=lambda item: (item.day, item.kind == Kind.REFUND.value))
    for item in in_order:
        account, currency = item.account.name, item.given.currency
        sums, sign = (refunded, -1) if item.kind == Kind.REFUND.value else (received, 1)
        sums[account, currency] += sign * item.given.number
        sums[account, _VALUE] += sign * item.value
        if sign > 0:
            continue
        keys = [(account, currency), (account, _VALUE)]
        if all(refunded[key] > received[key] for key in keys) or refunded[keys[0]] < ZERO:
            facts = {"refunded": refunded[keys[0]], "received": received[keys[0]]}
            donor = item.account.donor
            yield MESSAGES.finding(
                "refund-above-receipts", item.entry, donor=donor, currency=currency, day=item.day, **facts
            )


_VALUE = "value"
"""Stands for a currency where amounts are summed by their value in the unit of account."""
