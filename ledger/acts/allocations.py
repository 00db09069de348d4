"""What an entry is made from: parts of a promise, and how much to take from which instalment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO
from ledger.ground.phrases import Text, join, phrase
from ledger.language.nearest import did_you_mean
from ledger.model.fund import Fund
from ledger.model.pledges import Instalment


@dataclass(frozen=True, slots=True)
class PromisedPayment:
    """A promised payment: how much, and until when (None where nothing was said)."""

    amount: Amount
    due: date | None


@dataclass(frozen=True, slots=True)
class Allocation:
    """How much to take from which instalment."""

    instalment: Instalment
    amount: Amount


def purposes_of(instalments: Sequence[Instalment]) -> list[str]:
    """Return the purposes for which instalments were promised."""
    return sorted({str(i.opened.txn.meta["purpose"]) for i in instalments if i.opened.txn.meta.get("purpose")})


def oldest_first(instalments: Sequence[Instalment], amount: Amount, day: date) -> list[Allocation]:
    """Spread an amount over instalments, the earliest due first (house rule); what they cannot hold is left over."""
    takes, rest = [], amount.number
    for instalment in sorted(instalments, key=lambda i: (i.due or date.max, i.label)):
        part = min(rest, instalment.outstanding(day))
        if part > ZERO and instalment.currency == amount.currency:
            takes.append(Allocation(instalment, Amount(part, amount.currency)))
            rest -= part
    return takes


def allocations_from(fund: Fund, label: str, amount: Amount | None, day: date) -> list[Allocation]:
    """Read the instalment `PL-2016-003/1`, or all of `PL-2016-003`, with an amount or (None) with all that is outstanding on `day`.

    Raises:
        InvalidEntryError: when nothing of that name is outstanding, or not as much.

    """
    text = label.strip().upper()
    result = [i for i in fund.instalments.values() if text in {i.label.upper(), i.pledge} and i.outstanding(day) > ZERO]
    if not result:
        hint = did_you_mean(text, _labels(fund, day))
        raise InvalidEntryError(
            phrase("nothing is outstanding on {label!r} on {day}; {hint}", label=label, day=day, hint=hint)
        )
    if amount is None:
        return [Allocation(i, Amount(i.outstanding(day), i.currency)) for i in result]
    takes = oldest_first(result, amount, day)
    total = sum((take.amount.number for take in takes), ZERO)
    if total < amount.number:
        there: list[Text] = [
            phrase("{amount} on {label}", amount=Amount(i.outstanding(day), i.currency), label=i.label) for i in result
        ]
        raise InvalidEntryError(
            phrase(
                "{amount} is more than is outstanding on {label} on {day}: {there}",
                amount=amount,
                label=label,
                day=day,
                there=join(there),
            )
        )
    return takes


def _labels(fund: Fund, day: date) -> list[str]:
    return [i.label for i in fund.instalments.values() if i.outstanding(day) > ZERO]


def allocate(instalments: Sequence[Instalment], parts: Sequence[PromisedPayment], day: date) -> list[Allocation]:
    """Take what the parts want from instalments, the earliest due first, currency by currency."""
    takes: list[Allocation] = []
    for currency in sorted({part.amount.currency for part in parts}):
        total = sum((part.amount.number for part in parts if part.amount.currency == currency), ZERO)
        takes += oldest_first(instalments, Amount(total, currency), day)
    return takes


def by_rate(
    parts: Sequence[PromisedPayment], takes: Sequence[Allocation]
) -> list[tuple[PromisedPayment, Decimal | None]]:
    """Split what is promised by the rates of the instalments that it is taken from, so that each piece keeps its rate.

    What goes beyond them stays with the last piece; None is the rate of a part for which nothing is taken.
    """
    waiting = [(take.amount.currency, take.instalment.rate, take.amount.number) for take in takes]
    pieces: list[tuple[PromisedPayment, Decimal | None]] = []
    for part in parts:
        currency, rest = part.amount.currency, part.amount.number
        own: dict[Decimal, Decimal] = {}
        while rest and (at := next((n for n, item in enumerate(waiting) if item[0] == currency), None)) is not None:
            _, rate, number = waiting[at]
            piece = min(rest, number)
            own[rate] = own.get(rate, ZERO) + piece
            rest -= piece
            waiting[at : at + 1] = [(currency, rate, number - piece)] if number > piece else []
        if not own:
            pieces.append((part, None))
            continue
        own[rate] += rest
        pieces += [(PromisedPayment(Amount(number, currency), part.due), rate) for rate, number in own.items()]
    return pieces


def by_purpose(
    takes: Sequence[Allocation], number: Decimal, currency: str, *, entry_purpose: str | None
) -> list[tuple[str, Decimal]]:
    """Split what came in for pledges by their purposes, where they are several and in its currency, and the entry states none itself."""
    parts: dict[str, Decimal] = {}
    for take in takes:
        purpose = str(take.instalment.opened.txn.meta.get("purpose", ""))
        parts[purpose] = parts.get(purpose, ZERO) + take.amount.number
    same = all(take.amount.currency == currency for take in takes) and sum(parts.values(), ZERO) == number
    if entry_purpose is None and len(parts) > 1 and same:
        return list(parts.items())
    return [("", number)] if number > ZERO else []
