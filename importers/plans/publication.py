"""Turn a publication of UN operational rates into prices of the book.

The publication gives units for one US dollar; the book holds US dollars for one unit: the inverse, rounded to ten
significant digits, half to even (house rule), with the published figure beside it so that anybody can do the sum again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal

from beancount.core.amount import Amount
from beancount.core.data import Price, new_metadata

from importers.formats.rates import Publication, PublishedRate
from importers.ground.refusal import Mistake, RefusedFileError
from importers.plans.plan import OutcomeKind, Plan, PlanContext
from importers.plans.redenominations import BEGUN, ENDED
from ledger.language.accounts import Role, account
from ledger.model.fund import Fund

DOLLAR = "USD"
_DIGITS = Context(prec=10, rounding=ROUND_HALF_EVEN)
_AHEAD = 45
"""House rule: a publication comes at most a few days before its month."""
_JUMP = 5
"""House rule: a person looks at a rate that is more than five times the one before, or less than a fifth of it."""


@dataclass(frozen=True, slots=True)
class NewPrices:
    """What of a publication goes into the book."""

    prices: list[Price]
    repeats: int
    others: list[str]


def invert(per_dollar: Decimal) -> Decimal:
    """Return US dollars per unit."""
    return _DIGITS.divide(Decimal(1), per_dollar)


def currencies_in_use(fund: Fund) -> set[str]:
    """Return the currencies of the book other than its unit: those of its entries, its prices and its accounts."""
    result = {posting.units.currency for entry in fund.entries for posting in entry.txn.postings}
    result |= {price.currency for price in fund.contents.prices}
    result |= {currency for item in fund.contents.opens.values() for currency in item.currencies or ()}
    return result - {fund.unit}


def plan(publication: Publication, context: PlanContext) -> Plan:
    """Plan the rates of the currencies that the book uses, and of those that import.toml or the person asks for.

    Raises:
        RefusedFileError: with every rate that contradicts the book, jumps, or is of a currency that had ended or not
            begun.

    """
    fund = context.fund
    currencies = currencies_in_use(fund) | set(context.configuration.rates.currencies) | set(context.options.currencies)
    result = select_prices(fund, publication, context.sha256, currencies)
    note = f"{len(result.others)} other currencies of the publication are not used in the book and were left; --currency EUR takes one in"
    bank = next((name for name in fund.contents.opens if account(name).role is Role.BANK), "")
    counts = (("of rates added", len(result.prices)), (OutcomeKind.KNOWN.value, result.repeats))
    notes = (note,) if result.others else ()
    return Plan(tuple(result.prices), counts, bank, len(publication.rates), notes=notes)


def select_prices(fund: Fund, publication: Publication, sha256: str, codes: set[str]) -> NewPrices:
    """Return the prices that are new, of the currencies that are wanted.

    Raises:
        RefusedFileError: with every rate that contradicts the book, jumps, or is of a currency that had ended or not
            begun.

    """
    if fund.unit != DOLLAR:
        raise RefusedFileError(
            [
                Mistake(
                    "",
                    f"the publication is in US dollars, the unit of the book is {fund.unit}.",
                    "record rates by hand.",
                )
            ]
        )
    mistakes: list[Mistake] = []
    prices: list[Price] = []
    repeats = 0
    prices_in_book = {
        (price.currency, price.date): price for price in fund.contents.prices if price.amount.currency == fund.unit
    }
    relevant = [item for item in publication.rates if item.currency in codes or _replaced_by(item.currency) in codes]
    for item in relevant:
        wrong = _find_mistake(fund, item)
        if wrong:
            mistakes.append(wrong)
            continue
        for currency, number, figure in _convert(item, codes):
            before = prices_in_book.get((currency, item.day))
            if before is None:
                prices.append(_make_price(currency, item.day, number, figure, publication.title, sha256))
            elif before.amount.number == number:
                repeats += 1
            else:
                what = f"{currency} is {number} {DOLLAR} from {item.day}, but the book has {before.amount.number}."
                mistakes.append(
                    Mistake(
                        item.place,
                        what,
                        f"look at {before.meta['filename']}:{before.meta['lineno']}; one of the two is wrong.",
                    )
                )
    if mistakes:
        raise RefusedFileError(mistakes)
    currencies = {item.currency for item in relevant}
    return NewPrices(prices, repeats, sorted({item.currency for item in publication.rates} - currencies))


def _replaced_by(currency: str) -> str:
    result = BEGUN.get(currency)
    return result.old if result is not None and result.units is not None else ""


def _convert(item: PublishedRate, currencies: set[str]) -> Iterator[tuple[str, Decimal, str]]:
    """Return the price of a currency; and of the one that it replaced, where the book still has amounts in that."""
    if item.currency in currencies:
        yield item.currency, invert(item.per_dollar), f"{item.per_dollar} {item.currency} for 1 {DOLLAR}"
    beginning = BEGUN.get(item.currency)
    if beginning is not None and beginning.units is not None and beginning.old in currencies:
        per_dollar = item.per_dollar * beginning.units
        note = f"{item.per_dollar} {item.currency} for 1 {DOLLAR}; {beginning.units} {beginning.old} are 1 {beginning.new} (ISO 4217 amendment {beginning.amendment})"
        yield beginning.old, invert(per_dollar), note


def _make_price(currency: str, day: date, number: Decimal, figure: str, title: str, sha256: str) -> Price:
    source = f"UN operational rates of exchange, in force from {day}" + f" ({title})" * bool(title)
    meta = {"source": source, "published": figure, "publication-sha256": sha256}
    return Price(new_metadata("<vfund>", 0, meta), day, currency, Amount(number, DOLLAR))


def _find_mistake(fund: Fund, item: PublishedRate) -> Mistake | None:
    """Judge one rate against the life of its currency and the rate before it."""
    if item.day > date.today() + timedelta(days=_AHEAD):
        return Mistake(item.place, f"the rate of {item.currency} is of {item.day}, far ahead.", "correct the date.")
    end, beginning = ENDED.get(item.currency), BEGUN.get(item.currency)
    if end is not None and item.day >= end.day:
        what = f"{item.currency} was replaced by {end.new} on {end.day} (ISO 4217 amendment {end.amendment})."
        return Mistake(item.place, what, f"a rate from {item.day} is one of {end.new}.")
    if beginning is not None and item.day < beginning.day:
        return Mistake(
            item.place,
            f"{item.currency} began on {beginning.day} (ISO 4217 amendment {beginning.amendment}).",
            f"a rate from {item.day} is one of {beginning.old}.",
        )
    newest = fund.rates.newest(item.currency, item.day)
    if newest is not None and newest[0] < item.day:
        ratio = invert(item.per_dollar) / newest[1]
        if not Decimal(1) / _JUMP < ratio < _JUMP:
            what = f"{item.currency} goes from {newest[1]} {DOLLAR} ({newest[0]}) to {invert(item.per_dollar)}: more than {_JUMP} times."
            return Mistake(
                item.place, what, "if its unit was changed, record the first new rate by hand in rates.beancount."
            )
    return None
