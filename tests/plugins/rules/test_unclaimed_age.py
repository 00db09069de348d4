"""unclaimed-age: a receipt whose donor is not known is identified within the limit."""

from datetime import date

from plugins.rules.unclaimed_age import RULE
from tests.rules import Case, DatedRule


class TestUnclaimedAge(DatedRule):
    rule = RULE
    case = Case(
        "unclaimed-too-long", "too-old", ("2016-10-31", "2016-10-30"), date(2016, 10, 31), "UR-2016-001", "2016-08-01 *"
    )
