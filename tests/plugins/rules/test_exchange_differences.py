"""exchange-differences: what exchange rates add to the fund or take from it is borne as the law says, and a sale of currency is completed."""  # noqa: W505 - one sentence

from datetime import date

from plugins.rules.exchange_differences import RULE
from tests.rules import Case, DatedRule


class TestExchangeDifferences(DatedRule):
    rule = RULE
    case = Case(
        "in-transit-too-long",
        "in-transit",
        ("2016-10-09", "2016-10-08"),
        date(2016, 10, 9),
        "FX-2016-001",
        "2016-09-08 *",
    )
