"""What a sample is drawn from.

Every entry once, with the amount for which it stands in a statement, and the way from the total of that statement to
it.

Source: ISA 530, A5 (the auditor is to obtain evidence that the population is complete) and ISA 500, A31 to A33. House
rules: money is in a population once: a receipt that was taken back is left out with its reversal, and a bank credit
without a name is in it only as far as nobody was found to have given it, for what is identified is a receipt of
statement 4; a payment settles what was spent, and is not drawn beside it; an agreement is not added to the announcement
that it accepts, and is a population of its own.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ledger.book.loading import Book
from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, Text, phrase
from ledger.language.kinds import CASH_KINDS, Kind
from ledger.model.entries import Entry
from ledger.model.pledges import Effect
from reports.figures import total
from reports.recognition import REFUND
from reports.scope import Scope
from reports.statement import Sources
from reports.statements.agreements import AGREEMENTS
from reports.statements.donors import GIVEN_UP
from reports.statements.expenditure import EXPENDITURE
from reports.statements.fund_balance import FUND_BALANCE
from reports.statements.indirect_costs import INDIRECT_COSTS, recovery_total
from reports.statements.receipts import RECEIPTS
from reports.statements.unclaimed import UNCLAIMED
from reports.table import Column, ColumnType, Table, table


@dataclass(frozen=True, slots=True)
class Item:
    """An entry that can be drawn, with what it stands for, in the unit of account."""

    entry: Entry
    value: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """A step from the total of a statement to the population; `count` is how many entries it leaves out or takes in."""

    name: Text
    count: int | None
    value: Decimal


@dataclass(frozen=True, slots=True)
class Population:
    """What is drawn from, and how it is reconciled: the steps together are its value."""

    title: Text
    items: tuple[Item, ...]
    steps: tuple[Step, ...]

    @property
    def value(self) -> Decimal:
        """What it stands for."""
        return total(item.value for item in self.items)

    @property
    def unexplained(self) -> Decimal:
        """What the steps do not explain."""
        return self.value - total(step.value for step in self.steps)


Builder = Callable[[Sources], Population]


def _entries(book: Book, scope: Scope, kinds: Iterable[Kind]) -> Iterator[Entry]:
    """Yield the entries of the quarter of some kinds, in the order of the book."""
    wanted_kinds = frozenset(kinds)
    for entry in book.fund.entries:
        if entry.kind in wanted_kinds and scope.quarter.begin <= entry.txn.date <= scope.as_of:
            yield entry


def _standing(
    book: Book, scope: Scope, values: dict[Entry, Decimal], kinds: Iterable[Kind]
) -> tuple[list[Item], list[Step]]:
    """Return the entries of the quarter that still stand at its end, each with its value, and the steps that leave the others out."""
    reversed_entries = book.fund.reversed_entries(scope.as_of)
    items: list[Item] = []
    back: list[Decimal] = []
    reversals: list[Decimal] = []
    for entry in _entries(book, scope, kinds):
        value = values.get(entry, ZERO)
        if not value:
            continue
        if entry.reversal:
            reversals.append(value)
        elif entry in reversed_entries:
            back.append(value)
        else:
            items.append(Item(entry, value))
    steps = [
        Step(N_("Less entries of the quarter that were taken back in it"), len(back), -sum(back, ZERO)),
        Step(N_("Plus the reversals, which the statement takes off"), len(reversals), -sum(reversals, ZERO)),
    ]
    return items, [step for step in steps if step.count]


def _receipts(of: Sources) -> Population:
    book, scope = of.book, of.scope
    values: dict[Entry, Decimal] = {}
    for receipt in book.fund.receipts:
        values[receipt.entry] = values.get(receipt.entry, ZERO) + receipt.value
    items, steps = _standing(book, scope, values, CASH_KINDS)
    reversed_entries = book.fund.reversed_entries(scope.as_of)
    unclaimed_entries = set(_entries(book, scope, {Kind.UNCLAIMED}))
    worth = {line.link: line.value for line in of[UNCLAIMED].lines}
    waiting = [
        Item(item.opened, outstanding)
        for item in book.fund.unclaimed.values()
        if item.opened in unclaimed_entries
        and item.opened not in reversed_entries
        and (outstanding := worth.get(item.link, ZERO))
    ]
    if waiting:
        outstanding = total(item.value for item in waiting)
        steps.append(
            Step(
                N_("Plus unclaimed receipts of the quarter, as far as they are not identified (statement 9)"),
                len(waiting),
                outstanding,
            )
        )
    place = {entry: number for number, entry in enumerate(book.fund.entries)}
    every = sorted((*items, *waiting), key=lambda item: place[item.entry])
    first = Step(
        N_("Statement 4, Register of receipts: total"), len(of[RECEIPTS]), total(line.value for line in of[RECEIPTS])
    )
    return Population(N_("Receipts"), tuple(every), (first, *steps))


def _spending(of: Sources) -> Population:
    book, scope = of.book, of.scope
    kinds = {Kind.EXPENDITURE, Kind.REFUND, Kind.INDIRECT_COSTS}
    values = {entry: entry.moved * entry.sign for entry in _entries(book, scope, kinds)}
    items, steps = _standing(book, scope, values, kinds)
    spent = total(line.quarter for line in of[EXPENDITURE])
    refunds = -total(line.quarter for line in of[FUND_BALANCE].lines if line.key == REFUND)
    firsts = (
        Step(N_("Statement 6, Expenditure: total of the quarter"), None, spent),
        Step(
            N_("Statement 8, Indirect costs: charged in the quarter"),
            None,
            recovery_total(of[INDIRECT_COSTS], "quarter"),
        ),
        Step(N_("Statement 1, Refunds to donors"), None, refunds),
    )
    return Population(N_("Expenditure, indirect costs and refunds"), tuple(items), (*firsts, *steps))


def _agreements(of: Sources) -> Population:
    values: dict[Entry, Decimal] = {}
    for line in of[AGREEMENTS]:
        for entry in line.value.entries:
            values[entry] = values.get(entry, ZERO) + line.value
    items, steps = _standing(of.book, of.scope, values, {Kind.AGREEMENT})
    first = Step(
        N_("Statement 5, Agreements signed in the quarter: total"),
        len(of[AGREEMENTS]),
        total(line.value for line in of[AGREEMENTS]),
    )
    return Population(N_("Agreements"), tuple(items), (first, *steps))


def _promises(title: Text, first: Text, kinds: frozenset[Kind], effects: frozenset[Effect], stage: str = "") -> Builder:
    """Return how a population of pledges is made.

    Of what the movements of statement 3 say of the quarter, at the rates of the pledges.
    """

    def build(of: Sources) -> Population:
        book, scope = of.book, of.scope
        values: dict[Entry, Decimal] = {}
        for instalment in book.fund.instalments.values():
            for move in instalment.movements:
                inside = scope.quarter.begin <= move.day <= scope.as_of
                if inside and move.effect in effects and stage in {"", instalment.stage}:
                    values[move.entry] = values.get(move.entry, ZERO) + move.carried
        items, steps = _standing(book, scope, values, kinds)
        begin = Step(first, len(values), sum(values.values(), ZERO))
        return Population(title, tuple(items), (begin, *steps))

    return build


POPULATIONS: dict[str, tuple[Text, Builder]] = {
    "receipts": (N_("Receipts"), _receipts),
    "spending": (N_("Expenditure, indirect costs and refunds"), _spending),
    "pledges": (
        N_("Announced pledges"),
        _promises(
            N_("Announced pledges"),
            N_("Statement 3, pledged in the quarter by announcement"),
            frozenset({Kind.PLEDGE}),
            frozenset({Effect.PLEDGED}),
            "announced",
        ),
    ),
    "agreements": (N_("Agreements"), _agreements),
    "given-up": (
        N_("Pledges reduced or written off"),
        _promises(
            N_("Pledges reduced or written off"),
            N_("Statement 3, reduced and written off in the quarter"),
            frozenset({Kind.REDUCTION, Kind.WRITE_OFF}),
            GIVEN_UP - {Effect.CONVERTED},
        ),
    ),
}
"""What can be sampled, by name, with its title and how it is made."""


def population_table(of: Population, scope: Scope, unit: str) -> Table:
    """Return the way from the statement to the population as a table."""
    rows = [(step.name, _count(step.count), step.value) for step in of.steps]
    if of.unexplained:
        rows.append(
            (
                N_("What these entries carry beside it, such as bank charges and exchange differences"),
                None,
                of.unexplained,
            )
        )
    rows.append((N_("Population: each entry once"), _count(len(of.items)), of.value))
    columns = [
        Column("step", N_("From the statement to the population"), ColumnType.TERM, 70),
        Column("count", N_("Entries"), ColumnType.COUNT, 12),
        Column("value", N_("Amount"), ColumnType.MONEY, 20),
    ]
    return table(
        "population",
        "",
        N_("Population"),
        N_("The population, reconciled"),
        columns,
        rows,
        subtitle=phrase("{begin} to {end} · in {unit}", begin=scope.quarter.begin, end=scope.as_of, unit=unit),
        notes=(N_("Nothing is in it twice: neither money and its identification, nor an entry and its reversal."),),
    )


def _count(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)
