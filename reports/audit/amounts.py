"""Amounts that look made: round ones, and several below the threshold of approval that together are above it.

Source: ISA 240 (2009), application material to paragraph 32 (a): among the marks of fraudulent entries are round
numbers. House rules: what is split; round is a multiple of 1,000 in its own currency; split is what the rule
`four-eyes` judges together (`ledger.law.splitting`).
"""

from collections.abc import Iterator
from decimal import Decimal

from ledger.book.loading import Book
from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, Text, money, phrase
from ledger.language.accounts import Role
from ledger.law.approvals import limits_of
from ledger.law.splitting import Split, splits
from ledger.model.entries import Entry
from reports.audit.lines import entries_table, entry_line
from reports.scope import Scope
from reports.table import Table

ROUND = Decimal(1000)


def round_amounts(book: Book, scope: Scope) -> Table:
    """List the entries of the quarter whose money is a multiple of 1,000."""
    result = [entry_line(book, entry, why) for entry, why in _round(book, scope)]
    return entries_table(
        "round_amounts",
        N_("Round amounts"),
        result,
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
    split = splits(book.fund, limits_of(book.fund))
    result = [entry_line(book, entry, _together(split[entry])) for entry in _inside(book, scope) if entry in split]
    return entries_table(
        "split_amounts",
        N_("Amounts that may be split"),
        sorted(result, key=lambda line: (line.payee, line.day)),
        subtitle=N_("Several for one payee within days, each at most the threshold of approval and together above it"),
        notes=(
            N_("The threshold and the days are those of the rule four-eyes, for the category of the donor."),
            N_("Each of them waits for an approval, as an entry above the threshold does."),
        ),
    )


def _together(split: Split) -> Text:
    return phrase(
        "{count} entries within {days} days, together {value}; the threshold is {above}",
        count=split.entries,
        days=split.limit.days,
        value=split.total,
        above=split.limit.above,
    )


def _inside(book: Book, scope: Scope) -> Iterator[Entry]:
    return (entry for entry in book.fund.entries if scope.quarter.begin <= entry.txn.date <= scope.as_of)
