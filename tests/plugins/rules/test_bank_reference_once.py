"""bank-reference-once: one bank reference is booked once."""

from datetime import date

from plugins.rules.bank_reference_once import RULE
from tests.rules import Case, DatedRule


class TestBankReferenceOnce(DatedRule):
    rule = RULE
    case = Case(
        "bank-reference-twice",
        "twice",
        ('R-2016-0002"\n  bank-reference: "FT-1"', 'R-2016-0002"\n  bank-reference: "FT-2"'),
        date(2016, 9, 9),
        "R-2016-0002",
        "2016-09-09 *",
        declared_in_prelude=True,
    )
