"""The book as a whole: booking, instalments, reversals of receipts, rates of settlements, refunds."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from ledger.ground.findings import Finding
from ledger.ground.money import HALF_A_CENT, ZERO
from ledger.ground.phrases import N_, Text, phrase
from ledger.language.accounts import Role
from ledger.language.kinds import CASH_KINDS, Kind
from ledger.language.nearest import or_nothing
from ledger.model import entries
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.pledges import Effect, Instalment
from ledger.model.receipts import Contribution
from plugins.rules.pledge_lifecycle.rule import RULE


def weak_booking(fund: Fund) -> Iterator[Finding]:
    """Yield what weakens the booking of lots."""
    yield from _strict(fund)
    for pad in fund.contents.pads:
        yield RULE.finding("padded", pad, account=pad.account)


def wrong_wholes(fund: Fund) -> Iterator[Finding]:
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
        yield RULE.finding("not-strict", {"filename": fund.options.get("filename"), "lineno": 1}, method=method)


def _corrections(fund: Fund) -> Iterator[Finding]:
    """Point at every reversal that takes back no entry, or one that was taken back already."""
    taken_back = fund.reversals
    numbers = {receipt.number for receipt in fund.receipts} - {""}
    for entry in fund.entries:
        if not entry.reversal or entry.kind is None or taken_back[entry] is not None:
            continue
        corrects = entries.text(entry.txn, "corrects")
        if entry.kind in CASH_KINDS and corrects not in numbers:
            suggestion = or_nothing("; {hint}", corrects, numbers)
            yield RULE.finding("corrects-unknown", entry.txn, corrects=corrects, suggestion=suggestion)
        else:
            yield RULE.finding("reverses-nothing", entry.txn, kind=entry.kind.value)


def _openings(fund: Fund) -> Iterator[Finding]:
    """Point at balances that are brought forward after the book has begun."""
    since = next((entry.txn.date for entry in fund.entries if entry.kind is not Kind.OPENING), None)
    for entry in fund.by_kind[Kind.OPENING]:
        if since is not None and entry.txn.date > since:
            yield RULE.finding("opening-late", entry.txn, day=entry.txn.date, begun=since)


def _payable(fund: Fund) -> Iterator[Finding]:
    """Point at the last entry of every day after which more was paid back than had been set aside, in any currency."""
    owed: dict[str, Decimal] = defaultdict(lambda: ZERO)
    touching = sorted((e for kind in (Kind.OPENING, Kind.REFUND) for e in fund.by_kind[kind]), key=lambda e: e.txn.date)
    for _, of_day in groupby(touching, key=lambda entry: entry.txn.date):
        before, last = dict(owed), dict[str, Entry]()
        for entry in of_day:
            for part, posting, _ in entry.money:
                if part.role is Role.REFUNDS_PAYABLE:
                    owed[posting.units.currency] -= posting.units.number
                    last[posting.units.currency] = entry
        for currency, entry in last.items():
            if owed[currency] < min(before.get(currency, ZERO), ZERO):
                yield RULE.finding("refund-not-set-aside", entry.txn, number=-owed[currency], unit=currency)


def _far(fund: Fund) -> Iterator[Finding]:
    """Point at a settlement that brought much more or much less than the rate of the pledge."""
    for instalment in fund.instalments.values():
        for movement in instalment.movements:
            if movement.credited and abs(movement.exchange_difference) * 5 > abs(movement.carried):
                amounts = {"carried": movement.carried, "credited": movement.credited}
                short = instalment.currency == fund.unit and movement.exchange_difference > 1
                code = "settled-short" if short else "far-from-rate"
                yield RULE.finding(code, movement.entry.txn, label=instalment.label, unit=fund.unit, **amounts)


def _instalments(fund: Fund) -> Iterator[Finding]:
    """Judge instalments as a whole: one donor, one lot per label, a due date."""
    for instalment in fund.instalments.values():
        owner = fund.pledges[instalment.pledge].donor
        facts: dict[str, object] = {"label": instalment.label, "account": instalment.account.name}
        if instalment.account.donor != owner:
            donor = instalment.account.donor
            yield RULE.finding("another-donor", instalment.opened.txn, **facts, owner=owner, donor=donor)
        yield from _rate(fund.unit, instalment)
        if instalment.account.role is Role.COMMITTED and instalment.due is None:
            yield RULE.finding("no-due-date", instalment.opened.txn, **facts)
        for movement in instalment.movements:
            opening = movement.effect in {Effect.PLEDGED, Effect.MOVED_IN} and movement.number > ZERO
            if opening and movement.entry is not instalment.opened:
                first = instalment.opened.txn.date
                yield RULE.finding("label-again", movement.entry.txn, **facts, first=first, pledge=instalment.pledge)


def _rate(unit: str, instalment: Instalment) -> Iterator[Finding]:
    carried_in, rate = instalment.carried_in, instalment.rate
    expected: Text = ""
    if carried_in != unit:
        expected = phrase("the book is kept in {unit}", unit=unit)
    elif instalment.currency == unit and rate != 1:
        expected = phrase("a pledge in {unit} is carried at 1", unit=unit)
    elif rate <= ZERO:
        expected = N_("a rate is more than nothing")
    if expected:
        facts = {"label": instalment.label, "rate": rate, "currency": carried_in, "unit": unit, "expected": expected}
        yield RULE.finding("wrong-rate", instalment.opened.txn, **facts)


@dataclass(slots=True)
class _Given:
    """What one donor gave and was given back in one currency: units, and their value in the unit of account."""

    received: Decimal = ZERO
    received_value: Decimal = ZERO
    refunded: Decimal = ZERO
    refunded_value: Decimal = ZERO

    def add(self, item: Contribution) -> None:
        """Count a contribution, a refund, or the reversal of either."""
        if item.kind == Kind.REFUND.value:
            self.refunded -= item.amount.number
            self.refunded_value -= item.value
        else:
            self.received += item.amount.number
            self.received_value += item.value

    @property
    def used(self) -> Decimal:
        """Return what of the donor's receipts is given back, at the rates of the receipts.

        What goes beyond them, at its own.
        """
        if self.refunded <= self.received:
            return self.received_value * self.refunded / self.received if self.received else ZERO
        beyond = self.refunded - self.received
        return self.received_value + self.refunded_value * beyond / self.refunded


_Giver = tuple[str, str]


def _giver(item: Contribution) -> _Giver:
    """Return who gave: a donor in a category, whatever its account was called before a merge."""
    return item.account.category, item.account.donor


def _refunds(fund: Fund) -> Iterator[Finding]:
    """Point at the last entry of every day after which a donor was given back more than it gave, whichever of the two it changes.

    A donor may be paid back in another currency than it gave: then what it gave in all is the limit, by value.
    """
    sums: dict[_Giver, dict[str, _Given]] = defaultdict(lambda: defaultdict(_Given))
    refunded = {_giver(item) for item in fund.contributions if item.kind == Kind.REFUND.value}
    concerned = (item for item in fund.contributions if _giver(item) in refunded)
    for day, of_day in groupby(concerned, key=lambda item: item.day):
        worse: dict[_Giver, Contribution] = {}
        for item in of_day:
            sums[_giver(item)][item.amount.currency].add(item)
            if item.amount.number < ZERO:
                worse[_giver(item)] = item
        for giver, item in worse.items():
            currency = _beyond(sums[giver])
            if currency is not None:
                given = sums[giver][currency]
                facts = {"donor": item.account.donor, "currency": currency, "day": day}
                amounts = {"refunded": given.refunded, "received": given.received}
                yield RULE.finding("refund-above-receipts", item.entry.txn, **facts, **amounts)


def _beyond(given: dict[str, _Given]) -> str | None:
    """Return a currency in which more was given back than a donor's receipts allow; None where there is none."""
    beyond = [currency for currency, sums in given.items() if sums.refunded > sums.received or sums.refunded < ZERO]
    others = any(sums.received > ZERO for currency, sums in given.items() if currency not in beyond)
    received = sum((sums.received_value for sums in given.values()), ZERO)
    if beyond and others and sum((sums.used for sums in given.values()), ZERO) < received + HALF_A_CENT:
        return None
    return min(beyond, default=None)
