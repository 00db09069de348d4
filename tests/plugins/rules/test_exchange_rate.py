"""exchange-rate: an amount in another currency is valued near the rate that is in force."""

from datetime import date

from plugins.rules.exchange_rate import RULE
from tests.rules import Case, DatedRule


class TestExchangeRate(DatedRule):
    rule = RULE
    case = Case("rate-far", "far", ("@ 1.22", "@ 1.21"), date(2016, 9, 8), "R-2016-0001")
