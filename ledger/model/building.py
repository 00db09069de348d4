"""What the entries of a book say of pledges and contributions, gathered in one pass.

It never fails on a wrong entry: what it cannot place it leaves out of the pledges, keeps in `raw` (the bare sums of the
memorandum accounts), and the rules `pledge-lifecycle` and `conservation` report the difference.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount
from beancount.core.data import Posting

from ledger.ground.money import ZERO
from ledger.language.accounts import Account, Role
from ledger.language.kinds import CASH_KINDS, Kind
from ledger.model import entries
from ledger.model.entries import Entry, Leg
from ledger.model.pledges import Effect, Instalment, Movement, Pledge, pledge_of
from ledger.model.receipts import Contribution, Receipt, Settlement, share

LotKey = tuple[str, str, str]
"""Account, label, currency."""

_DRAINS = {
    Kind.RECEIPT: Effect.RECEIVED,
    Kind.IDENTIFY: Effect.RECEIVED,
    Kind.REDUCTION: Effect.REDUCED,
    Kind.WRITE_OFF: Effect.WRITTEN_OFF,
    Kind.IN_KIND: Effect.CONVERTED,
}
_OPENS = frozenset({Kind.PLEDGE, Kind.OPENING})


@dataclass(slots=True)
class Builder:
    """Gathers entries in the order of the book."""

    entries: list[Entry] = field(default_factory=list)
    by_kind: dict[Kind, list[Entry]] = field(default_factory=lambda: {kind: [] for kind in Kind})
    pledges: dict[str, Pledge] = field(default_factory=dict)
    instalments: dict[LotKey, Instalment] = field(default_factory=dict)
    contributions: list[Contribution] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    raw: dict[LotKey, list[tuple[date, Decimal, Entry]]] = field(default_factory=dict)
    _outstanding: dict[LotKey, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))

    def add(self, entry: Entry) -> None:
        """Add an entry to all that the book says."""
        self.entries.append(entry)
        if entry.kind is not None:
            self.by_kind[entry.kind].append(entry)
        lots = [leg for leg in entry.memorandum if leg.posting.cost is not None and leg.account.role is not Role.CONTRA]
        for account, posting, _ in lots:
            key = (account.name, posting.cost.label or "", posting.units.currency)
            self.raw.setdefault(key, []).append((entry.txn.date, posting.units.number, entry))
        kind = entry.kind
        credited: dict[int, Decimal] = {}
        if kind in CASH_KINDS or kind is Kind.REFUND or any(a.role is Role.CONTRIBUTION for a, _, _ in entry.money):
            credited = self._add_money(entry, lots)
        if lots and kind is not None:
            self._add_movements(entry, kind, lots, credited)

    def _add_money(self, entry: Entry, lots: list[Leg]) -> dict[int, Decimal]:
        """Record contributions, and for a receipt say how much of it each lot was credited with (by index)."""
        kind = entry.kind
        label = kind.value if kind else ""
        shares: dict[int, Decimal] = {}
        by_donor: dict[str, list[Leg]] = defaultdict(list)
        for leg in entry.money:
            if leg.account.role is Role.CONTRIBUTION:
                by_donor[leg.account.donor].append(leg)
                amount = Amount(-leg.posting.units.number, leg.posting.units.currency)
                self.contributions.append(
                    Contribution(entry.txn.date, leg.account, amount, -leg.value, label, entry.reversal, entry)
                )
        if kind not in CASH_KINDS:
            return shares
        for donor, income in by_donor.items():
            donor_lots = [(n, leg) for n, leg in enumerate(lots) if leg.account.donor == donor]
            pool = -sum((leg.value for leg in income if (leg.posting.meta or {}).get("unpledged") is not True), ZERO)
            shares |= share(pool, donor_lots)
            first = donor == next(iter(by_donor))  # the charges of a bank credit are counted once
            self.receipts.append(self._receipt(entry, income, donor_lots, shares, has_charges=first))
        return shares

    def _receipt(
        self,
        entry: Entry,
        income: list[Leg],
        donor_lots: list[tuple[int, Leg]],
        shares: dict[int, Decimal],
        *,
        has_charges: bool,
    ) -> Receipt:
        txn = entry.txn
        money_in = [leg.account.name for leg in entry.money if leg.account.role in {Role.BANK, Role.UNCLAIMED}]
        charges = [leg.value for leg in entry.money if has_charges and leg.account.role is Role.BANK_CHARGES]
        purposes = {str(p.meta["purpose"]) for _, p, _ in income if p.meta and "purpose" in p.meta}
        return Receipt(
            day=txn.date,
            account=income[0].account,
            number=entries.text(txn, "receipt-number"),
            bank_reference=entries.text(txn, "bank-reference"),
            bank_account=money_in[0] if money_in else "",
            amounts=tuple(Amount(-p.units.number, p.units.currency) for _, p, _ in income),
            value=-sum((leg.value for leg in income), ZERO),
            charges=sum(charges, ZERO),
            settlements=tuple(
                Settlement(p.cost.label or "", Amount(-p.units.number, p.units.currency), shares[n])
                for n, (_, p, _) in donor_lots
            ),
            purpose=", ".join(sorted(purposes)) or entries.text(txn, "purpose"),
            reversal=entry.reversal,
            entry=entry,
        )

    def _add_movements(self, entry: Entry, kind: Kind, lots: list[Leg], credited: dict[int, Decimal]) -> None:
        """Turn the memorandum half into movements of instalments."""
        to_move: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
        for _, posting, _ in lots:
            number = posting.units.number * entry.sign
            if number < 0:
                to_move[_pledge_of(posting), posting.units.currency] -= number
        for index, (account, posting, _) in enumerate(lots):
            number = posting.units.number * entry.sign
            if number > 0 and kind in _OPENS:
                self._move(entry, account, posting, Effect.PLEDGED, number)
            elif number > 0 and kind is Kind.AGREEMENT:
                key = (_pledge_of(posting), posting.units.currency)
                part = min(number, to_move[key])
                to_move[key] -= part
                if part:
                    self._move(entry, account, posting, Effect.MOVED_IN, part)
                if number > part:
                    self._move(entry, account, posting, Effect.PLEDGED, number - part)
            elif number < 0 and kind is Kind.AGREEMENT:
                self._move(entry, account, posting, Effect.MOVED_OUT, -number)
            elif number < 0 and kind in _DRAINS:
                self._move(entry, account, posting, _DRAINS[kind], -number, credited.get(index, ZERO))

    def _move(
        self,
        entry: Entry,
        account: Account,
        posting: Posting,
        effect: Effect,
        number: Decimal,
        credited: Decimal = ZERO,
    ) -> None:
        label, currency = posting.cost.label or "", posting.units.currency
        key = (account.name, label, currency)
        instalment = self.instalments.get(key)
        if instalment is None:
            due = (posting.meta or {}).get("due") or entry.txn.meta.get("due")
            when = due if isinstance(due, date) else None
            rate, unit = posting.cost.number, posting.cost.currency
            instalment = Instalment(label, account, currency, rate, unit, when, entry)
            self.instalments[key] = instalment
            pledge = self.pledges.setdefault(instalment.pledge, Pledge(instalment.pledge, account.donor))
            pledge.instalments.append(instalment)
        change = number * entry.sign
        before, after = self._outstanding[key], self._outstanding[key] + effect.sign * change
        self._outstanding[key] = after
        carried_change = effect.sign * (instalment.carried(after) - instalment.carried(before))
        instalment.movements.append(Movement(entry.txn.date, effect, change, carried_change, credited, entry))


def _pledge_of(posting: Posting) -> str:
    label = posting.cost.label or ""
    return pledge_of(label) or label
