"""The rates that were used."""

from datetime import date
from decimal import Decimal

from reports.report import Report
from reports.statements.rates_used import RATES


def test_exchange_rates(q2: Report) -> None:
    old, new = q2.of[RATES]
    assert (old.currency, old.since, old.rate, old.entries) == ("EUR", date(2016, 1, 1), Decimal("1.10"), 1)
    assert (new.currency, new.since, new.rate, new.entries) == ("EUR", date(2016, 6, 1), Decimal("1.20"), 1)
