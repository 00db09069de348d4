"""pledge-lapse: a commitment long overdue and not reconfirmed in writing is written off, by a decision of people."""

from datetime import date

from plugins.rules.pledge_lapse import RULE
from tests.rules import Case, DatedRule


class TestPledgeLapse(DatedRule):
    rule = RULE
    case = Case(
        "lapsed",
        "lapsed",
        ("2022-01-01 *", '2020-07-01 custom "reconfirmation" "PL-2016-001"\n  source: "Note verbale"\n\n2022-01-01 *'),
        date(2022, 1, 1),
        "PL-2016-001",
        "2016-09-01 *",
    )
