"""acceptance-recorded: a commitment has a date on which it was offered and one on which it was accepted."""

from datetime import date

from plugins.rules.acceptance_recorded import RULE
from tests.rules import Case, DatedRule


class TestAcceptanceRecorded(DatedRule):
    rule = RULE
    case = Case(
        "no-acceptance",
        "no-acceptance",
        ("instrument-date:", "accepted: 2016-09-01\n  instrument-date:"),
        date(2016, 9, 1),
        "PL-2016-001",
        "2016-09-01 *",
    )
