"""receipt-number: official receipts are numbered without gap, in the order in which they were recorded.

Source: house rule; gap-free numbers are what lets an auditor test that voluntary income is complete (AUASB on
completeness of voluntary income, facts 6). Every `#receipt` and every `#identify` has a `receipt-number`: a prefix of
its own series and a running number, such as `R-2016-0007`. Each series begins with 1. The order is that of `recorded`,
or of the entry's date where that is missing. A reversal (`#correction`) repeats the number that it makes void; the
number stays used. The links of unclaimed receipts (`^UR-2016-001`) are numbered without gap in each year, from 1; where
a book begins with some (`#opening`), after the highest of those.

Breaks it: `R-2016-0001` followed by `R-2016-0003`. Keeps it: `R-2016-0001`, `R-2016-0002`.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ledger.ground.findings import Finding, Message
from ledger.ground.phrases import N_, Text
from ledger.language.kinds import CASH_KINDS, Kind
from ledger.law.rule import Rule
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.numbering import Number, next_receipt_number, read, recorded

RULE = Rule(
    "receipt-number",
    messages={
        "missing": Message(
            "the receipt has no receipt number.",
            'add `receipt-number: "{following}"`.',
        ),
        "malformed": Message(
            "the receipt number {number!r} does not end in digits.",
            'write it as a series and a running number, such as "R-2016-0007".',
        ),
        "twice": Message(
            "the receipt number {number!r} is used already, at {first}.",
            'use the next one of the series, "{following}".',
        ),
        "gap": Message(
            "the receipt number {number!r} follows {previous}: {missing} is missing.",
            "use the next number of the series, or record the receipt that is missing.",
        ),
        "unclaimed-gap": Message(
            "the unclaimed receipt {link} follows {previous}: {missing} is missing.",
            "use the next number of the year, or record the receipt that is missing.",
        ),
        "order": Message(
            "the receipt number {number!r} is recorded on {day}, before {previous!r} of {previous_day}.",
            "exchange the numbers, or say with `recorded` on which day the receipt was recorded.",
        ),
    },
)


Used = dict[int, tuple[Number, Entry]]
"""The numbers of one series."""


@RULE.check
def receipt_numbers_out_of_order(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every receipt whose number is missing, double, out of order or after a gap."""
    series: dict[str, Used] = defaultdict(dict)
    for entry in fund.entries:
        if entry.kind not in CASH_KINDS or entry.reversal or not entry.txn.postings:
            continue
        text = entry.txn.meta.get("receipt-number")
        if text is None:
            yield RULE.finding("missing", entry.txn, following=next_receipt_number(fund, entry.txn.date))
            continue
        number = read(text) if isinstance(text, str) else None
        if number is None:
            yield RULE.finding("malformed", entry.txn, number=text)
            continue
        used = series[number.series]
        if number.value in used:
            first = used[number.value][1].place
            yield RULE.finding("twice", entry.txn, number=text, first=first, following=number.then(max(used) + 1))
        else:
            used[number.value] = number, entry
    for used in series.values():
        yield from _in_order(used)
    yield from _unclaimed(fund)


def _in_order(used: Used) -> Iterator[Finding]:
    before, before_text, before_day = 0, N_("the beginning of the series"), date.min
    for value, (number, entry) in sorted(used.items()):
        txn = entry.txn
        text, day = txn.meta["receipt-number"], recorded(txn)
        if value != before + 1:
            missing = number.then(before + 1)
            yield RULE.finding("gap", txn, number=text, previous=before_text, missing=missing)
        if day < before_day:
            yield RULE.finding("order", txn, number=text, day=day, previous=before_text, previous_day=before_day)
        before, before_text, before_day = value, text, max(day, before_day)


def _unclaimed(fund: Fund) -> Iterator[Finding]:
    """Point at every unclaimed receipt after a gap in the numbers of its year.

    Those brought forward are what the book before it left open.
    """
    years: dict[str, dict[int, tuple[Number, Entry]]] = defaultdict(dict)
    first_numbers: dict[str, int] = defaultdict(int)
    for item in fund.unclaimed.values():
        number = read(item.link)
        if number is not None and item.opened.kind in {Kind.OPENING, Kind.UNCLAIMED}:
            years[number.series][number.value] = number, item.opened
            if item.opened.kind is Kind.OPENING:
                first_numbers[number.series] = max(first_numbers[number.series], number.value)
    for series, used in years.items():
        before = first_numbers[series]
        previous: Text = N_("the beginning of the year")
        for value, (number, entry) in sorted(used.items()):
            link = number.then(value)
            if value > before + 1:
                missing = number.then(before + 1)
                yield RULE.finding("unclaimed-gap", entry.txn, link=link, previous=previous, missing=missing)
            before, previous = max(before, value), link
