"""period-sealed: a closed quarter is what it was when a treasurer closed it, until a reopening explains the change."""

from datetime import date

from plugins.rules.period_sealed import RULE
from tests.rules import Case, StructuralRule


class TestPeriodSealed(StructuralRule):
    rule = RULE
    case = Case("seal-broken", "", ("", ""), date(2016, 9, 8), "2016-Q3")
