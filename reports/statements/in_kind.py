"""Statement 7: contributions in kind, by category and donor, and the register of those of the quarter.

They are valued by the donor's letter or at market prices, come in and are used in one entry, and never touch the fund balance; the valuation stands
beside each (IPSAS 23: fair value at receipt of what is given in kind, facts 3).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.ground.phrases import N_
from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from ledger.model import entries
from ledger.model.fund import Fund
from reports.comparatives import COMPARED
from reports.comparatives import columns as compared
from reports.figures import Figure, Tally
from reports.names import Names
from reports.scope import Scope, Spans
from reports.table import Column, ColumnType, Table, table


@dataclass(frozen=True, slots=True)
class InKindDonor:
    """What one donor gave in kind, in the unit of account."""

    category: str
    donor: str
    quarter: Figure
    prior_quarter: Figure
    quarter_last_year: Figure
    year: Figure
    cumulative: Figure


@dataclass(frozen=True, slots=True)
class InKindLine:
    """One contribution in kind; `pledges` are those that it converts."""

    day: date
    category: str
    donor: str
    what: str
    used_as: str
    valuation: str
    pledges: str
    value: Figure


@dataclass(frozen=True, slots=True)
class InKind:
    """The donors, and the register of the quarter."""

    donors: tuple[InKindDonor, ...]
    lines: tuple[InKindLine, ...]

    def tables(self, scope: Scope) -> tuple[Table, Table]:
        """Give both as tables."""
        whose = [
            Column("category", N_("Donor category"), ColumnType.TEXT, 24),
            Column("donor", N_("Donor"), ColumnType.TEXT, 30),
        ]
        register = [
            Column("day", N_("Date"), ColumnType.DAY, 12),
            *whose,
            Column("what", N_("What was given"), ColumnType.TEXT, 36),
            Column("used_as", N_("Used as"), ColumnType.TEXT, 18),
            Column("valuation", N_("Valuation"), ColumnType.TEXT, 30),
            Column("pledges", N_("Converts"), ColumnType.TEXT, 15),
            Column("value", N_("Value"), ColumnType.MONEY, 18, total=True),
        ]
        return (
            table(
                "in_kind",
                "7",
                N_("In kind"),
                N_("Contributions in kind, by category and donor"),
                [*whose, *compared(scope)],
                self.donors,
                total_label=N_("Total"),
                notes=(N_("They come in and are used at once, and are in no other statement."),),
            ),
            table(
                "in_kind_register",
                "7a",
                N_("In kind, register"),
                N_("Register of contributions in kind of the quarter"),
                register,
                self.lines,
                total_label=N_("Total"),
                notes=(N_("Valuation: by what the value is known, as the book states it."),),
            ),
        )


def in_kind(fund: Fund, scope: Scope, names: Names) -> InKind:
    """Build the statement: one pass over the entries in kind for each of its two parts."""
    spans = Spans(scope)
    sums: dict[tuple[int, str, str], dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    called: dict[tuple[int, str, str], str] = {}
    for entry in fund.by_kind[Kind.IN_KIND]:
        for part, _, value in entry.money:
            if part.role is Role.IN_KIND_INCOME and entry.txn.date <= scope.as_of:
                key = names.key(part.category, part.donor, entry)
                called.setdefault(key, names.donor(part.donor, entry))
                for name in spans.holding(entry.txn.date):
                    sums[key][name].add(-value, entry)
    donors = tuple(
        InKindDonor(names.category(key[1]), called[key], *(sums[key][name].figure() for name in COMPARED))
        for key in sorted(called)
    )
    return InKind(donors, tuple(in_kind_register(fund, scope.quarter.begin, scope.as_of, names)))


def in_kind_register(fund: Fund, begin: date, end: date, names: Names, donor: str = "") -> Iterator[InKindLine]:
    """Give the contributions in kind of some days, of one donor (by its account component) or of all."""
    for entry in fund.by_kind[Kind.IN_KIND]:
        txn = entry.txn
        used = ", ".join(
            sorted(p.name.removeprefix("Expenses:InKind:") for p, _, _ in entry.money if p.role is Role.IN_KIND_EXPENSE)
        )
        for part, _, value in entry.money:
            if part.role is Role.IN_KIND_INCOME and begin <= txn.date <= end and donor in {"", part.donor}:
                yield InKindLine(
                    day=txn.date,
                    category=names.category(part.category),
                    donor=names.donor(part.donor, entry),
                    what=names.redact(txn.narration or "", entry),
                    used_as=used,
                    valuation=names.redact(entries.text(txn, "valuation"), entry),
                    pledges=", ".join(sorted(entry.pledges)),
                    value=Figure(-value, (entry,)),
                )
