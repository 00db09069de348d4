"""due-diligence: a donor that is neither a state nor of the inter-American system gives under a clearance in date and below its ceiling."""

from datetime import date

from plugins.rules.due_diligence import RULE
from tests.rules import Case, DatedRule


class TestDueDiligence(DatedRule):
    rule = RULE
    category = "other"
    case = Case("clearance-expired", "expired", ("2016-09-07", "2016-09-08"), date(2016, 9, 8), "FOUNDATION-1")
