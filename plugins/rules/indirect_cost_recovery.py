"""indirect-cost-recovery: the charge on each receipt is the rate of its donor's category on its date.

Source: General Standards art. 80(c): the budget of every project of a specific fund has a line for the recovery of
indirect costs; art. 80(d): the General Secretariat sets the rate and tells the Permanent Council twice a year what was
recovered (facts 1.4). No source for the rates themselves was found, so the shipped ones are an example to be confirmed,
and say so.

The charge is an `#icr` entry whose `on-receipt` names the receipt number; it is `rate` per cent of what was received
before bank charges, rounded to the cent in the currency in which it is paid, half to even (house rule). A receipt under
an agreement with another rate says so in `icr-rate`, and why in `icr-reason`. A reversal of the receipt takes the
charge back; a `#refund` of which a posting names the receipt in `on-receipt` takes it back in proportion (house rule: a
charge is on what stays with the fund), so the charge is reversed and made anew on the rest. A refund that names none
leaves it.

Breaks it, under a rate of 12 per cent:

    2016-09-08 * "Mexico" "Contribution" #receipt
      receipt-number: "R-2016-0001"
      Assets:Bank:Operating                                50.00 USD
      Income:Contributions:MemberStates:Mexico            -50.00 USD

Keeps it: the same receipt followed by

    2016-09-08 * "Indirect costs of R-2016-0001" #icr
      on-receipt: "R-2016-0001"
      Expenses:IndirectCostRecovery                         6.00 USD
      Assets:Bank:Operating                                -6.00 USD
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ledger.ground.findings import Finding, Message
from ledger.ground.money import CENT, HALF_A_CENT, ZERO
from ledger.ground.phrases import N_, Text, count, join, layout
from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from ledger.language.law import IndirectCostRecovery
from ledger.language.nearest import did_you_mean
from ledger.law.rule import Rule
from ledger.model import entries
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.indirect_costs import PaidBack, paid_back, rate_on
from ledger.model.receipts import Receipt

_SOURCE = "General Standards art. 80"

RULE = Rule(
    "indirect-cost-recovery",
    IndirectCostRecovery,
    messages={
        "wrong-charge": Message(
            "receipt {receipt} is charged {charged} {unit} of indirect costs; {rate} % of {base} {unit} is {due} {unit}.",
            'charge {due} {unit} in an #icr entry with `on-receipt: "{receipt}"`, or give the agreed rate as `icr-rate` with its `icr-reason`.',
            _SOURCE,
        ),
        "no-reason": Message(
            "receipt {receipt} has an indirect-cost rate of its own and no reason for it.",
            'add `icr-reason: "…"` with the article of the agreement.',
            _SOURCE,
        ),
        "not-a-rate": Message(
            "`icr-rate` is {rate}; a number of per cent between 0 and 100, without quotes, is expected.",
            "write it as `icr-rate: 7`.",
            _SOURCE,
        ),
        "no-receipt": Message(
            "the charge of {number} {unit} does not say on which receipt it is.",
            'add `on-receipt: "R-2016-0007"`.',
            _SOURCE,
        ),
        "other-currency": Message(
            "the charge on receipt {receipt} is in {currency}; it is paid in the currency of the receipt, or in {unit}.",
            "record it in the currency in which the receipt came in.",
            _SOURCE,
        ),
        "unknown-receipt": Message(
            "`on-receipt` names receipt {receipt}, which is not in the book; {suggestion}",
            "correct `on-receipt`.",
            _SOURCE,
        ),
    },
)


@dataclass(slots=True)
class _Account:
    """What one receipt number received and was charged, in the unit of account."""

    first: Receipt
    due: Decimal = ZERO
    base: Decimal = ZERO
    charged: Decimal = ZERO
    tolerance: Decimal = ZERO
    rates: set[Decimal] = field(default_factory=set)
    rate_of: dict[str, Decimal] = field(default_factory=dict)
    """The rate of each of its donors, by account component."""


@RULE.check
def indirect_costs_wrong(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every receipt whose charge is not the rate of its category, and every charge on no receipt, or refund of none."""
    accounts: dict[str | Entry, _Account] = {}  # a receipt without a number is held to itself
    for receipt in fund.receipts:
        yield from _receipt(fund, receipt, accounts)
    for part in paid_back(fund, fund.by_kind[Kind.REFUND]):
        yield from _paid_back(part, accounts)
    for entry in fund.by_kind[Kind.INDIRECT_COSTS]:
        yield from _charges(fund, entry, accounts)
    for number, account in accounts.items():
        if account.rates and abs(account.charged - account.due) > account.tolerance:
            rate = join([layout("{rate}", rate=count(rate)) for rate in sorted(account.rates)])
            facts = {"charged": account.charged, "base": account.base, "due": account.due.quantize(CENT)}
            yield RULE.finding(
                "wrong-charge",
                account.first.entry.txn,
                receipt=_name_receipt(number),
                unit=fund.unit,
                rate=rate,
                **facts,
            )


def _name_receipt(number: str | Entry) -> Text:
    return number if isinstance(number, str) and number else N_("without a number")


def _receipt(fund: Fund, receipt: Receipt, accounts: dict[str | Entry, _Account]) -> Iterator[Finding]:
    """Add a receipt, or a reversal, to what its number received; the law is that of the first entry's day."""
    number = str(receipt.entry.txn.meta.get("corrects", "")) if receipt.reversal else receipt.number
    account = accounts.setdefault(number or receipt.entry, _Account(receipt))
    first = account.first
    category = fund.registry.by_category_account.get(receipt.account.category, "")
    rate = rate_on(fund, category, first.day, first.entry.txn)
    if rate is not None:
        account.rates.add(rate)
        account.rate_of[receipt.account.donor] = rate
        value = -sum(entries.weight(p)[0] for p in receipt.entry.txn.postings if p.account == receipt.account.name)
        account.base += value
        account.due += value * rate / 100
    stated = None if receipt.reversal else receipt.entry.txn.meta.get("icr-rate")
    if stated is not None and rate != stated:
        yield RULE.finding("not-a-rate", receipt.entry.txn, rate=repr(stated))
    if stated is not None and not entries.text(receipt.entry.txn, "icr-reason").strip():
        yield RULE.finding("no-reason", receipt.entry.txn, receipt=_name_receipt(number))


def _paid_back(part: PaidBack, accounts: dict[str | Entry, _Account]) -> Iterator[Finding]:
    """Take what a refund pays back off what its receipt received."""
    account = accounts.get(part.receipt)
    if account is None:
        yield _unknown(part.entry, part.receipt, accounts)
    elif (rate := account.rate_of.get(part.donor)) is not None:
        account.base -= part.value
        account.due -= part.value * rate / 100


def _unknown(entry: Entry, number: str, accounts: dict[str | Entry, _Account]) -> Finding:
    suggestion = did_you_mean(number, [key for key in accounts if isinstance(key, str)])
    return RULE.finding("unknown-receipt", entry.txn, receipt=number, suggestion=suggestion)


def _charges(fund: Fund, entry: Entry, accounts: dict[str | Entry, _Account]) -> Iterator[Finding]:
    for part, posting, _ in entry.money:
        if part.role is not Role.INDIRECT_COSTS:
            continue
        value = entries.weight(posting)[0]  # exact: what rounding adds would tell neither for nor against a rate
        number = (posting.meta or {}).get("on-receipt") or entry.txn.meta.get("on-receipt")
        if number is None:
            yield RULE.finding("no-receipt", entry.txn, number=value, unit=fund.unit)
        elif number not in accounts:
            yield _unknown(entry, str(number), accounts)
        elif posting.units.currency not in {fund.unit, *(a.currency for a in accounts[number].first.amounts)}:
            facts = {"receipt": number, "currency": posting.units.currency}
            yield RULE.finding("other-currency", entry.txn, **facts, unit=fund.unit)
        else:
            price = posting.price.number if posting.price else Decimal(1)
            accounts[number].charged += value
            accounts[number].tolerance += HALF_A_CENT * max(Decimal(1), price)  # each posting is rounded
