"""four-eyes: an entry above the threshold is approved, as it stands now, by an officer other than the one who recorded it."""

from datetime import date

from plugins.rules.four_eyes import RULE
from tests.rules import Case, DatedRule


class TestFourEyes(DatedRule):
    rule = RULE
    case = Case("waits-for-approval", "pending", ("above: 49.99", "above: 50"), date(2016, 9, 8), "R-2016-0001")
