"""Statement 1: changes in fund balance, a closed roll-forward on the cash basis.

Opening balance + movements = closing balance, and the closing balance is what the fund holds (assets less liabilities), both at
the rates of the entries. Contributions in kind stand outside: they come in and are used in one entry. The lines are those of facts 2.1; that
the statement must foot is the lesson of CP/doc.4053/05 add. 2, whose published lines do not, by 438,572.45.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger import entries
from ledger.accounts import Account, Role
from ledger.fund import Fund
from ledger.language.kinds import Kind
from ledger.money import ZERO
from ledger.periods import Quarter

_OUTSIDE = frozenset({Role.IN_KIND_INCOME, Role.IN_KIND_EXPENSE})


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an increase is positive, a decrease negative."""

    key: str
    label: str
    quarter: Decimal
    year: Decimal


@dataclass(frozen=True, slots=True)
class FundBalance:
    """The roll-forward of a quarter and of the year to date. `holdings` is assets less liabilities at the end."""

    opening_quarter: Decimal
    opening_year: Decimal
    lines: tuple[Line, ...]
    holdings: Decimal

    @property
    def closing_quarter(self) -> Decimal:
        """Opening balance of the quarter and all its lines."""
        return sum((line.quarter for line in self.lines), self.opening_quarter)

    @property
    def closing_year(self) -> Decimal:
        """Opening balance of the year and all its lines to date."""
        return sum((line.year for line in self.lines), self.opening_year)


def fund_balance(fund: Fund, quarter: Quarter) -> FundBalance:
    """Build the statement of one quarter."""
    before_year = before_quarter = holdings = ZERO
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    first_of_year = date(quarter.year, 1, 1)
    for entry in fund.entries:
        day = entry.txn.date
        if day > quarter.end:
            break
        for part, posting in entry.money:
            if part.role in _OUTSIDE:
                continue
            value = entries.value(posting)
            if part.name.startswith(("Assets:", "Liabilities:")):
                holdings += value
                continue
            if day < first_of_year:
                before_year -= value
            if day < quarter.begin:
                before_quarter -= value
            line = sums[_line(part, entry.kind)]
            if day >= quarter.begin:
                line[0] -= value
            if day >= first_of_year:
                line[1] -= value
    lines = tuple(Line(key, label, *sums[key]) for key, label in _lines(fund) if key in sums or key in _ALWAYS)
    return FundBalance(before_quarter, before_year, lines, holdings)


def _line(part: Account, kind: Kind | None) -> str:
    if part.role is Role.CONTRIBUTION:
        return "refunds" if kind is Kind.REFUND else f"contributions:{part.category}"
    return _KEYS.get(part.role, "other")


_KEYS = {
    Role.INTEREST: "interest",
    Role.EXCHANGE: "exchange",
    Role.TRANSFER_IN: "transfers",
    Role.OPENING: "opening",
    Role.EXPENDITURE: "expenditure",
    Role.INDIRECT_COSTS: "indirect-costs",
    Role.BANK_CHARGES: "bank-charges",
}
_ALWAYS = frozenset({"interest", "expenditure", "indirect-costs", "bank-charges", "refunds"})


def _lines(fund: Fund) -> list[tuple[str, str]]:
    """Name every line in its order; lines of categories come from the book."""
    categories = fund.registry.categories.values()
    return [
        ("opening", "Balances brought into the book"),
        *((f"contributions:{c.accounts}", f"Contributions received: {c.name()}") for c in categories),
        ("interest", "Interest"),
        ("exchange", "Exchange differences"),
        ("transfers", "Transfers from other funds of the Organization"),
        ("other", "Other income"),
        ("expenditure", "Expenditure"),
        ("indirect-costs", "Indirect cost recovery"),
        ("bank-charges", "Bank charges"),
        ("refunds", "Refunds to donors"),
    ]
