"""What an entry is made from: parts of a promise, and how much to take from which instalment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.ground.money import ZERO
from ledger.ground.phrases import Text, joined, say
from ledger.ground.spelling import spell
from ledger.language.countries import called, every_name
from ledger.language.models import Donor
from ledger.language.nearest import did_you_mean
from ledger.model.donors import spellings
from ledger.model.fund import Fund
from ledger.model.pledges import Instalment, Pledge
from ledger.model.unclaimed import Unclaimed


class ComposeError(ValueError):
    """What was asked for cannot be put into an entry; the message says what to give instead."""


@dataclass(frozen=True, slots=True)
class Part:
    """A promised payment: how much, and until when (None where nothing was said)."""

    amount: Amount
    due: date | None


@dataclass(frozen=True, slots=True)
class Take:
    """How much to take from which instalment."""

    instalment: Instalment
    amount: Amount


def purposes_of(instalments: Sequence[Instalment]) -> list[str]:
    """Return the purposes for which instalments were promised."""
    return sorted({str(i.opened.txn.meta["purpose"]) for i in instalments if i.opened.txn.meta.get("purpose")})


def find_donor(fund: Fund, text: str) -> Donor:
    """Find a donor by code, name or alias, with or without accents, by what its country is called, or by a part of a name.

    Raises:
        ComposeError: when there is none, with the nearest known names, or when a part is of several.

    """
    donors = fund.registry.donors.values()
    if (exact := fund.registry.find(text)) is not None:
        return exact
    wanted, names = " ".join(spell(text)), {donor.code: [*_names(donor)] for donor in donors}
    compact = wanted.replace(" ", "")  # "EE. UU." and "EEUU" are one
    found = [donor for donor in donors if compact and compact in (name.replace(" ", "") for name in names[donor.code])]
    if not found and len(wanted) >= _SHORTEST and wanted not in (" ".join(spell(name)) for name in every_name()):
        found = [donor for donor in donors if any(f" {wanted}" in f" {name}" for name in names[donor.code])]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"{donor.name_en} ({donor.code})" for donor in found[:_LISTED])
        more = " …" if len(found) > _LISTED else ""
        raise ComposeError(
            say("{text!r} may be {names}: write more of the name, or the code", text=text, names=several + more)
        )
    hint = did_you_mean(text, [name for known in donors for name in (known.code, known.name_en)])
    raise ComposeError(
        say("no donor {text!r} is registered; {hint}; a new one is registered by `vfund donor`", text=text, hint=hint)
    )


def _names(donor: Donor) -> Iterator[str]:
    """Yield every way of writing a donor, as it is compared."""
    for name in (*spellings(donor), *called(donor.iso2)):
        yield " ".join(spell(name))


_SHORTEST, _LISTED = 4, 6
"""House rules: a part of a name has at least so many letters, and no more donors than that are listed."""


def find_pledge(fund: Fund, text: str) -> Pledge:
    """Find a pledge by id.

    Raises:
        ComposeError: with the nearest known id, when there is none.

    """
    pledge = fund.pledges.get(text.strip().upper())
    if pledge is None:
        raise ComposeError(
            say("no pledge {text!r} is in the book; {hint}", text=text, hint=did_you_mean(text, fund.pledges))
        )
    return pledge


def find_unclaimed(fund: Fund, text: str) -> Unclaimed:
    """Find an unclaimed receipt of which something is left.

    Raises:
        ComposeError: with the nearest known link, when there is none.

    """
    items = {item.link: item for item in fund.unclaimed.values() if item.outstanding()}
    found = items.get(text.strip().upper())
    if found is None:
        hint = did_you_mean(text.upper(), items)
        raise ComposeError(say("nothing is left to identify of {text!r}; {hint}", text=text, hint=hint))
    return found


def oldest_first(instalments: Sequence[Instalment], amount: Amount, day: date) -> list[Take]:
    """Spread an amount over instalments, the earliest due first (house rule); what they cannot hold is left over."""
    takes, left = [], amount.number
    for instalment in sorted(instalments, key=lambda i: (i.due or date.max, i.label)):
        part = min(left, instalment.outstanding(day))
        if part > ZERO and instalment.currency == amount.currency:
            takes.append(Take(instalment, Amount(part, amount.currency)))
            left -= part
    return takes


def takes_from(fund: Fund, label: str, amount: Amount | None, day: date) -> list[Take]:
    """Read the instalment `PL-2016-003/1`, or all of `PL-2016-003`, with an amount or (None) with all that is outstanding on `day`.

    Raises:
        ComposeError: when nothing of that name is outstanding, or not as much.

    """
    text = label.strip().upper()
    found = [i for i in fund.instalments.values() if text in {i.label.upper(), i.pledge} and i.outstanding(day) > ZERO]
    if not found:
        hint = did_you_mean(text, _labels(fund, day))
        raise ComposeError(say("nothing is outstanding on {label!r} on {day}; {hint}", label=label, day=day, hint=hint))
    if amount is None:
        return [Take(i, Amount(i.outstanding(day), i.currency)) for i in found]
    takes = oldest_first(found, amount, day)
    held = sum((take.amount.number for take in takes), ZERO)
    if held < amount.number:
        there: list[Text] = [
            say("{amount} on {label}", amount=Amount(i.outstanding(day), i.currency), label=i.label) for i in found
        ]
        raise ComposeError(
            say(
                "{amount} is more than is outstanding on {label} on {day}: {there}",
                amount=amount,
                label=label,
                day=day,
                there=joined(there),
            )
        )
    return takes


def _labels(fund: Fund, day: date) -> list[str]:
    return [i.label for i in fund.instalments.values() if i.outstanding(day) > ZERO]


def spread(instalments: Sequence[Instalment], parts: Sequence[Part], day: date) -> list[Take]:
    """Take what the parts want from instalments, the earliest due first, currency by currency."""
    takes: list[Take] = []
    for currency in sorted({part.amount.currency for part in parts}):
        wanted = sum((part.amount.number for part in parts if part.amount.currency == currency), ZERO)
        takes += oldest_first(instalments, Amount(wanted, currency), day)
    return takes


def by_rate(parts: Sequence[Part], takes: Sequence[Take]) -> list[tuple[Part, Decimal | None]]:
    """Split what is promised by the rates of the instalments that it is taken from, so that each piece keeps its rate.

    What goes beyond them stays with the last piece; None is the rate of a part for which nothing is taken.
    """
    waiting = [(take.amount.currency, take.instalment.rate, take.amount.number) for take in takes]
    pieces: list[tuple[Part, Decimal | None]] = []
    for part in parts:
        currency, left = part.amount.currency, part.amount.number
        own: dict[Decimal, Decimal] = {}
        while left and (at := next((n for n, item in enumerate(waiting) if item[0] == currency), None)) is not None:
            _, rate, number = waiting[at]
            taken = min(left, number)
            own[rate] = own.get(rate, ZERO) + taken
            left -= taken
            waiting[at : at + 1] = [(currency, rate, number - taken)] if number > taken else []
        if not own:
            pieces.append((part, None))
            continue
        own[rate] += left
        pieces += [(Part(Amount(number, currency), part.due), rate) for rate, number in own.items()]
    return pieces


def by_purpose(
    takes: Sequence[Take], number: Decimal, currency: str, *, stated: str | None
) -> list[tuple[str, Decimal]]:
    """Split what came in for pledges by their purposes, where they are several and in its currency, and the entry states none itself."""
    parts: dict[str, Decimal] = {}
    for take in takes:
        purpose = str(take.instalment.opened.txn.meta.get("purpose", ""))
        parts[purpose] = parts.get(purpose, ZERO) + take.amount.number
    same = all(take.amount.currency == currency for take in takes) and sum(parts.values(), ZERO) == number
    if stated is None and len(parts) > 1 and same:
        return list(parts.items())
    return [("", number)] if number > ZERO else []
