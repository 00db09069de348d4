"""Statement 7: contributions in kind, by category and donor, and the register of those of the quarter.

They are valued by the donor's letter or at market prices, come in and are used in one entry, and never touch the fund
balance; the valuation stands beside each (IPSAS 23: fair value at receipt of what is given in kind, facts 3).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ledger.ground.phrases import N_, Text
from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from ledger.model import entries
from ledger.model.fund import Fund
from reports.comparatives import Compared, figures
from reports.figures import Figure, Tally
from reports.names import Names
from reports.scope import Spans
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType


@table_line
class InKindDonor(Compared):
    """What one donor gave in kind, in the unit of account."""

    category: str = column(N_("Donor category"), ColumnType.TEXT, 24)
    donor: str = column(N_("Donor"), ColumnType.TEXT, 30)


@table_line
class InKindLine:
    """One contribution in kind; `pledges` are those that it converts."""

    day: date = column(N_("Date"), ColumnType.DAY, 12)
    category: str = column(N_("Donor category"), ColumnType.TEXT, 24)
    donor: str = column(N_("Donor"), ColumnType.TEXT, 30)
    what: Text = column(N_("What was given"), ColumnType.TEXT, 36)
    used_as: str = column(N_("Used as"), ColumnType.TEXT, 18)
    valuation: str = column(N_("Valuation"), ColumnType.TEXT, 30)
    pledges: str = column(N_("Converts"), ColumnType.TEXT, 15)
    value: Figure = column(N_("Value"), ColumnType.MONEY, 18, total=True)


def in_kind(of: Sources) -> tuple[InKindDonor, ...]:
    """Build the statement: one pass over the entries in kind."""
    scope, names, spans = of.scope, of.names, Spans(of.scope)
    sums: dict[tuple[int, str, str], dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    donor_names: dict[tuple[int, str, str], str] = {}
    for entry in of.fund.by_kind[Kind.IN_KIND]:
        for part, _, value in entry.money:
            if part.role is Role.IN_KIND_INCOME and entry.txn.date <= scope.as_of:
                key = names.key(part.category, part.donor, entry)
                donor_names.setdefault(key, names.donor(part.donor, entry))
                for name in spans.holding(entry.txn.date):
                    sums[key][name].add(-value, entry)
    return tuple(
        InKindDonor(category=names.category(key[1]), donor=donor_names[key], **figures(sums[key]))
        for key in sorted(donor_names)
    )


def in_kind_register(fund: Fund, begin: date, end: date, names: Names, donor: str = "") -> Iterator[InKindLine]:
    """Yield the contributions in kind of some days, of one donor (by its account component) or of all."""
    for entry in fund.by_kind[Kind.IN_KIND]:
        txn = entry.txn
        uses = ", ".join(
            sorted(p.name.removeprefix("Expenses:InKind:") for p, _, _ in entry.money if p.role is Role.IN_KIND_EXPENSE)
        )
        for part, _, value in entry.money:
            if part.role is Role.IN_KIND_INCOME and begin <= txn.date <= end and donor in {"", part.donor}:
                yield InKindLine(
                    day=txn.date,
                    category=names.category(part.category),
                    donor=names.donor(part.donor, entry),
                    what=names.redact(txn.narration or "", entry),
                    used_as=uses,
                    valuation=names.redact(entries.text(txn, "valuation"), entry),
                    pledges=", ".join(sorted(entry.pledges)),
                    value=Figure(-value, (entry,)),
                )


IN_KIND = Statement(
    "in_kind",
    "7",
    N_("In kind"),
    N_("Contributions in kind, by category and donor"),
    columns_of(InKindDonor),
    in_kind,
    notes=(N_("They come in and are used at once, and are in no other statement."),),
)
IN_KIND_REGISTER = Statement(
    "in_kind_register",
    "7a",
    N_("In kind, register"),
    N_("Register of contributions in kind of the quarter"),
    columns_of(InKindLine),
    lambda of: tuple(in_kind_register(of.fund, of.scope.quarter.begin, of.scope.as_of, of.names)),
    notes=(N_("Valuation: by what the value is known, as the book states it."),),
)
