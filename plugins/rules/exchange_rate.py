"""exchange-rate: an amount in another currency is valued near the rate that is in force.

Source: pledges in other currencies are recorded at the UN operational rate of the day (facts 1.7); the monthly revision
lists all currencies, and the newest effective date supersedes. How far a bank's own rate may be from it (`percent` of
the rule) and how old the book's rate may be (`days`) are house rules. What is judged is the price of every money
posting, and the rate at which a new instalment is carried; what an agreement moves on keeps the rate of its
announcement; so do reversals and openings. An entry that derives from another keeps the rate of the other, however old:
an identification, or the return of an unclaimed receipt, that of its arrival; a charge for indirect costs that of its
receipt. Without a rate in the book nothing can be compared, and a warning says so.

House rule: a rate comes from a publication that is on file (`publication-sha256`, as `vfund import` writes it). One
without, of a currency in which the book has amounts, is a warning; beside a published one of the same currency and
month, from which it differs, it is an error.

Breaks it, where the rate in force is 1.10 USD and `percent: 10`:

    2016-09-08 * "Country visit" #expenditure
      Expenses:Travel                                   9000.00 EUR @ 0.000001 USD
      Assets:Bank:Operating                            -9000.00 EUR @ 0.000001 USD

Keeps it: the same entry at 1.10 USD, or at the bank's 1.08.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from beancount.core.data import Price, Transaction

from ledger.ground.findings import EVERY_CATEGORY, Finding, Message, Scope
from ledger.ground.money import ZERO
from ledger.ground.phrases import count
from ledger.language.accounts import STAGES
from ledger.language.kinds import Kind
from ledger.language.law import ExchangeRate
from ledger.law.rule import Rule
from ledger.law.scopes import terms_of
from ledger.model.derived import DERIVED, sources_of
from ledger.model.entries import Entry
from ledger.model.fund import Fund

RULE = Rule(
    "exchange-rate",
    ExchangeRate,
    messages={
        "far": Message(
            "{currency} is valued at {rate} {unit}, {off} % away from {known} {unit}, the rate in force since {since}; at most {percent} % are allowed.",
            "correct the rate, or the price of {currency} in the book; if the bank's notice shows it, have the rule waived.",
            "facts 1.7",
        ),
        "beside-published": Message(
            "the rate of {currency} of {day}, {rate} {unit}, is of no publication on file and differs from the published one of the month, {known} {unit} since {since}.",
            "take it out, or import the publication that it is from.",
            "facts 1.7",
        ),
        "not-published": Message(
            "the rate of {currency} of {day}, {rate} {unit}, is of no publication on file, and the book has amounts in {currency}.",
            "import the UN operational rates of exchange of the month (`vfund import`); they take its place.",
            "facts 1.7",
            "warning",
        ),
        "not-a-rate": Message(
            "the price of {currency} is {number}; a rate is more than nothing.",
            "correct the price.",
            "facts 1.7",
        ),
        "two-rates": Message(
            "{currency} has two prices on {day}, {first} {unit} ({where}) and {second} {unit}; which of them is in force cannot be told.",
            "keep the one that was published, and take the other out.",
            "facts 1.7",
        ),
        "no-rate": Message(
            "{currency} is valued at {rate} {unit}, and the book has no rate of the {days} days before {day} to hold it to.",
            "record the UN operational rate of exchange, such as `{month} price {currency} {rate} {unit}`.",
            "facts 1.7",
            "warning",
        ),
    },
)


@RULE.check
def rates_far_from_published(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every currency of an entry whose rate is far from that in force, or has none beside it."""
    for price in fund.contents.prices:
        if price.amount.number <= 0:
            yield RULE.finding("not-a-rate", price, number=price.amount, currency=price.currency)
    yield from _twice(fund)
    yield from _published(fund)
    for entry in fund.entries:
        rates = _rates(fund, entry)
        if not rates:
            continue
        law = terms_of(fund, ExchangeRate, entry)
        for terms in sorted(law, key=lambda item: item.percent)[:1]:  # the strictest of the donors in the entry
            for currency, rate in sorted(rates):
                yield from _judge(fund, entry, terms, currency, rate)


def _twice(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every second price of a currency on one day that differs from the first."""
    first: dict[tuple[str, date], Price] = {}
    for price in fund.contents.prices:
        if price.amount.currency == fund.unit:
            known = first.setdefault((price.currency, price.date), price)
            if known.amount.number != price.amount.number:
                where = f"{Path(known.meta['filename']).name}:{known.meta['lineno']}"
                facts = {"first": known.amount.number, "second": price.amount.number, "where": where}
                yield RULE.finding("two-rates", price, currency=price.currency, day=price.date, unit=fund.unit, **facts)


def _published(fund: Fund) -> Iterator[Finding]:
    """Point at every rate of a currency of the book that is of no publication on file."""
    files = {str(document.meta.get("evidence-sha256")) for document in fund.contents.documents}
    mine = {instalment.currency for instalment in fund.instalments.values()}
    mine |= {change.item.currency for change in fund.positions.changes} - {fund.unit}
    published: dict[tuple[str, int, int], list[Price]] = defaultdict(list)
    others: list[Price] = []
    for price in fund.contents.prices:
        if price.amount.currency != fund.unit or price.amount.number <= ZERO:
            continue
        if str(price.meta.get("publication-sha256")) in files:
            published[price.currency, price.date.year, price.date.month].append(price)
        elif price.currency in mine:
            others.append(price)
    for price in others:
        scope = Scope(price.date, (EVERY_CATEGORY,), frozenset({price.currency}))
        beside = published[price.currency, price.date.year, price.date.month]
        facts = {"currency": price.currency, "day": price.date, "rate": price.amount.number, "unit": fund.unit}
        if not beside:
            yield RULE.finding("not-published", price, scope, **facts)
        elif all(known.amount.number != price.amount.number for known in beside):
            known = beside[-1]
            yield RULE.finding("beside-published", price, scope, **facts, known=known.amount.number, since=known.date)


def _rates(fund: Fund, entry: Entry) -> set[tuple[str, Decimal]]:
    """Return the rates that an entry sets itself, by currency."""
    unit = fund.unit
    if entry.reversal or entry.kind is Kind.OPENING:
        return set()  # both keep an older rate: that of the entry taken back, that of the book before
    result = {
        (posting.units.currency, posting.price.number)
        for _, posting, _ in entry.money
        if posting.price is not None and posting.units.currency != unit and posting.units.number
    }
    if result and entry.kind in DERIVED:
        kept = {(c, rate) for source in sources_of(fund, entry) for c, rate in _posted(source.txn)}
        result = {(c, rate) for c, rate in result if not any(c == of and _same(rate, known) for of, known in kept)}
    if entry.memorandum and entry.kind in {Kind.PLEDGE, Kind.AGREEMENT}:
        opened: dict[tuple[str, Decimal], Decimal] = defaultdict(lambda: ZERO)
        for part, posting, _ in entry.memorandum:
            if part.role in STAGES and posting.cost is not None and posting.units.currency != unit:
                opened[posting.units.currency, posting.cost.number] += posting.units.number
        result |= {key for key, number in opened.items() if number > ZERO}
    return result


def _posted(txn: Transaction) -> Iterator[tuple[str, Decimal]]:
    """Yield the rates at which an entry posts other currencies."""
    yield from ((p.units.currency, p.price.number) for p in txn.postings if p.price is not None)


def _same(one: Decimal, other: Decimal) -> bool:
    """Return whether two rates are one, but for what the division of a total price leaves behind."""
    return abs(one - other) <= other * _DUST


_TENTH = Decimal("0.1")
_DUST = Decimal("1e-9")


def _judge(fund: Fund, entry: Entry, terms: ExchangeRate, currency: str, rate: Decimal) -> Iterator[Finding]:
    day: date = entry.txn.date
    facts: dict[str, object] = {"currency": currency, "rate": round(rate, 6), "unit": fund.unit, "day": day}
    result = fund.rates.newest(currency, day)
    if result is None or (day - result[0]).days > terms.days:
        yield RULE.finding("no-rate", entry.txn, **facts, days=int(terms.days), month=day.replace(day=1))
        return
    since, known = result
    off = abs(rate - known) * 100 / known
    if off > terms.percent:
        facts |= {"since": since, "known": known, "off": off.quantize(_TENTH), "percent": count(terms.percent)}
        yield RULE.finding("far", entry.txn, **facts)
