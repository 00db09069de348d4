"""donor-category: the category in an account is the donor's category on the date of the entry."""

from datetime import date

from plugins.rules.donor_category import RULE
from tests.rules import Case, DatedRule


class TestDonorCategory(DatedRule):
    rule = RULE
    case = Case(
        "wrong-category",
        "wrong-category",
        ("MemberStates:Spain ", "PermanentObservers:Spain "),
        date(2016, 9, 8),
        "ESP",
        declared_in_prelude=True,
    )
