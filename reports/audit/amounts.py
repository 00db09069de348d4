"""Amounts that look made: round ones, and several below the threshold of approval that together are above it.

Source: ISA 240 (2009), application material to paragraph 32 (a): among the marks of fraudulent entries are round numbers. House rules: what is split; round is a
multiple of 1,000 in its own currency; split is two or more entries of one kind for one payee within seven days, each at most the threshold
of the rule `four-eyes` and together above it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from ledger.accounts import Role
from ledger.approvals import RULE
from ledger.entries import Entry
from ledger.language.law import FourEyes
from ledger.loading import Book
from ledger.money import ZERO
from ledger.phrases import N_, Text, money, say
from ledger.scopes import donors_of, moved, terms_of
from reports.audit.lines import entries_table, entry_line
from reports.scope import Scope
from reports.table import Table

ROUND = Decimal(1000)
NEAR = timedelta(days=7)


def round_amounts(book: Book, scope: Scope) -> Table:
    """List the entries of the quarter whose money is a multiple of 1,000."""
    found = [entry_line(book, entry, why) for entry, why in _round(book, scope)]
    return entries_table(
        "round_amounts",
        N_("Round amounts"),
        found,
        subtitle=N_("Money that comes in or goes out in a multiple of 1,000 of its currency"),
        notes=(
            N_("A pledge is often round, and so is what pays it: a round payment of expenditure is the rarer one."),
        ),
    )


def _round(book: Book, scope: Scope) -> Iterator[tuple[Entry, Text]]:
    for entry in _inside(book, scope):
        for part, posting, _ in entry.money:
            if part.role is Role.BANK and posting.units.number and posting.units.number % ROUND == ZERO:
                yield entry, money(posting.units)
                break


def split_amounts(book: Book, scope: Scope) -> Table:
    """List the entries of the quarter that one approval would have covered together, and none was needed for alone."""
    groups: dict[tuple[str, str], list[tuple[Entry, Decimal, Decimal]]] = defaultdict(list)
    for entry in _inside(book, scope):
        above = min((terms.above for terms in terms_of(book.fund, RULE, FourEyes, entry)), default=None)
        value = moved(entry)
        if above is not None and entry.kind is not None and not entry.reversal and ZERO < value <= above:
            whose = ", ".join(donors_of(book.fund, entry)) or entry.txn.payee or ""
            groups[entry.kind.value, whose].append((entry, value, above))
    found = [entry_line(book, entry, why) for group in groups.values() for entry, why in _split(group)]
    return entries_table(
        "split_amounts",
        N_("Amounts that may be split"),
        sorted(found, key=lambda line: (line.payee, line.day)),
        subtitle=N_("Several within seven days, each at most the threshold of approval and together above it"),
        notes=(N_("The threshold is that of the rule four-eyes on the day, for the category of the donor."),),
    )


def _split(group: list[tuple[Entry, Decimal, Decimal]]) -> Iterator[tuple[Entry, Text]]:
    """Give what stands in a window of seven days whose sum is above the threshold: one pass, the window moves on."""
    begin, within = 0, ZERO
    listed: dict[int, tuple[Entry, Text]] = {}
    for end, (entry, value, above) in enumerate(group):
        within += value
        while entry.txn.date - group[begin][0].txn.date > NEAR:
            within -= group[begin][1]
            begin += 1
        if end > begin and within > above:
            why = say(
                "{count} entries, together {value}; the threshold is {above}",
                count=end - begin + 1,
                value=within,
                above=above,
            )
            for other, _, _ in group[begin : end + 1]:
                listed.setdefault(id(other.txn), (other, why))
    yield from listed.values()


def _inside(book: Book, scope: Scope) -> Iterator[Entry]:
    return (entry for entry in book.fund.entries if scope.quarter.begin <= entry.txn.date <= scope.as_of)
