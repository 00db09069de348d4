"""What is overdue: the committed instalments past their due date on a day, with whom to ask and when it was last reminded.

An announced pledge binds nobody and is never overdue here; the ageing (statement 3b) has it in a column of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.ground.money import ZERO, show
from ledger.ground.periods import Quarter
from ledger.language.models import Donor
from ledger.model.contacts import contact_on, last_reminder
from ledger.model.fund import Fund
from reports.ageing import days_late
from reports.figures import Figure
from reports.names import Names
from reports.scope import Scope
from reports.statements.pledges import InstalmentLine, instalment_line


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """An instalment that is overdue.

    `outstanding` is in its currency, `value` the same in the unit of account at the rate of the day.
    """

    donor: Donor
    instalment: str
    pledge: str
    due: date
    days: int
    currency: str
    outstanding: Figure
    value: Figure
    contact: str
    reminded: date | None


def overdue_instalments(fund: Fund, as_of: date, donor: Donor | None = None) -> list[OverdueLine]:
    """Return what is overdue at the end of a day, of one donor or of all.

    Of each donor the oldest due date stands first.
    """
    names = Names(fund, Scope(Quarter.of(as_of), as_of, published=False))
    result = []
    for item in fund.instalments.values():
        owner = fund.registry.by_account.get(item.account.donor)
        if owner is None or item.due is None or (donor is not None and owner.code != donor.code):
            continue
        if item.overdue(as_of):
            result.append(_line(fund, owner, instalment_line(fund, item, as_of, names), item.due, as_of))
    return sorted(result, key=lambda line: (line.donor.code, line.due, line.instalment))


def _line(fund: Fund, donor: Donor, line: InstalmentLine, due: date, as_of: date) -> OverdueLine:
    contact = "; ".join(contact_on(fund, donor, as_of).lines)
    last_day = last_reminder(fund, donor, due, as_of)
    days = days_late(due, as_of)
    outstanding, value = line.outstanding, line.committed
    return OverdueLine(
        donor, line.instalment, line.pledge, due, days, line.currency, outstanding, value, contact, last_day
    )


def sums(amounts: Iterable[tuple[str, Decimal]]) -> str:
    """Return the sum of each currency, such as `100.00 EUR and 50.00 USD`; empty where all is nil.

    Currencies are never added.
    """
    result: dict[str, Decimal] = {}
    for currency, number in amounts:
        result[currency] = result.get(currency, ZERO) + number
    return " and ".join(show(Amount(number, currency)) for currency, number in sorted(result.items()) if number)
