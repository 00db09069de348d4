"""purpose-evidenced: money that comes into this fund was given for a purpose of this fund, and the book says which."""

from datetime import date

from plugins.rules.purpose_evidenced import RULE
from tests.rules import Case, DatedRule


class TestPurposeEvidenced(DatedRule):
    rule = RULE
    case = Case(
        "no-purpose",
        "no-purpose",
        ('"R-2016-0001"', '"R-2016-0001"\n  purpose: "country-visits"'),
        date(2016, 9, 8),
        "R-2016-0001",
    )
