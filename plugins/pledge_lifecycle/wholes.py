"""The book as a whole: booking, instalments, reversals of receipts, rates of settlements, refunds."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ledger import entries
from ledger.accounts import Role
from ledger.findings import Finding
from ledger.fund import Fund
from ledger.language.kinds import Kind
from ledger.language.nearest import nearest
from ledger.money import ZERO, show_number
from ledger.pledges import Effect, Instalment
from plugins.pledge_lifecycle.messages import MESSAGES


def booking(fund: Fund) -> Iterator[Finding]:
    """Yield what weakens the booking of lots."""
    yield from _strict(fund)
    for pad in fund.contents.pads:
        yield MESSAGES.finding("padded", pad, account=pad.account)


def check(fund: Fund) -> Iterator[Finding]:
    """Yield what is wrong beyond single entries."""
    yield from _corrections(fund)
    yield from _far(fund)
    yield from _instalments(fund)
    yield from _refunds(fund)


def _strict(fund: Fund) -> Iterator[Finding]:
    method = getattr(fund.options.get("booking_method"), "value", "STRICT")
    if method != "STRICT":
        yield MESSAGES.finding("not-strict", {"filename": fund.options.get("filename"), "lineno": 1}, method=method)


def _corrections(fund: Fund) -> Iterator[Finding]:
    """Compare what each reversal of a receipt names with the receipts before it."""
    given: dict[str, Decimal] = {}
    for receipt in fund.receipts:
        corrects = entries.text(receipt.entry, "corrects")
        if not receipt.reversal:
            given[receipt.number] = given.get(receipt.number, ZERO) + receipt.value
        elif corrects and corrects not in given:
            meant = nearest(corrects, given.keys() - {""})
            suggestion = f"; did you mean {meant!r}?" if meant else ""
            yield MESSAGES.finding("corrects-unknown", receipt.entry, corrects=corrects, suggestion=suggestion)
        elif corrects and receipt.value != -given[corrects]:
            facts = {"corrects": corrects, "taken": show_number(-receipt.value), "given": show_number(given[corrects])}
            yield MESSAGES.finding("corrects-partly", receipt.entry, unit=fund.unit, **facts)


def _far(fund: Fund) -> Iterator[Finding]:
    """Point at a settlement that brought much more or much less than the rate of the pledge."""
    for instalment in fund.instalments.values():
        for movement in instalment.movements:
            if movement.credited and abs(movement.exchange_difference) * 5 > abs(movement.carried):
                amounts = {"carried": show_number(movement.carried), "credited": show_number(movement.credited)}
                yield MESSAGES.finding(
                    "far-from-rate", movement.entry, label=instalment.label, unit=fund.unit, **amounts
                )


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
    expected = ""
    if carried_in != unit:
        expected = f"the book is kept in {unit}"
    elif instalment.currency == unit and rate != 1:
        expected = f"a pledge in {unit} is carried at 1"
    elif rate <= ZERO:
        expected = "a rate is more than nothing"
    if expected:
        facts = {"label": instalment.label, "rate": rate, "currency": carried_in, "unit": unit, "expected": expected}
        yield MESSAGES.finding("wrong-rate", instalment.opened, **facts)


def _refunds(fund: Fund) -> Iterator[Finding]:
    """Compare refunds with receipts, per donor and currency, at the date of each refund."""
    received: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    refunded: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    in_order = sorted(fund.contributions, key=lambda item: (item.day, item.kind == Kind.REFUND.value))
    for item in in_order:
        key = (item.account.donor, item.given.currency)
        if item.kind != Kind.REFUND.value:
            received[key] += item.given.number
            continue
        refunded[key] -= item.given.number
        if refunded[key] > received[key] or refunded[key] < ZERO:
            facts = {"refunded": show_number(refunded[key]), "received": show_number(received[key])}
            yield MESSAGES.finding(
                "refund-above-receipts", item.entry, donor=key[0], currency=key[1], day=item.day, **facts
            )
