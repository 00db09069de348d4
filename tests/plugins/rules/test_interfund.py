"""interfund: money of an organ of the OAS is a transfer between funds, not outside income.

A loan to another fund is due in time.
"""

from datetime import date

from plugins.rules.interfund import RULE
from tests.rules import Case, DatedRule


class TestInterfund(DatedRule):
    rule = RULE
    case = Case(
        "organ-contributes",
        "organ",
        ("InterAmericanSystem:GeneralSecretariat", "MemberStates:Mexico"),
        date(2016, 9, 8),
        "R-2016-0001",
    )
