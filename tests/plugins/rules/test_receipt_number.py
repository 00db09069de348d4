"""receipt-number: official receipts are numbered without gap, in the order in which they were recorded."""

from datetime import date

from plugins.rules.receipt_number import RULE
from tests.rules import Case, DatedRule


class TestReceiptNumber(DatedRule):
    rule = RULE
    case = Case(
        "receipt-number-missing",
        "missing",
        ('  bank-reference: "FT-2"', '  receipt-number: "R-2016-0002"\n  bank-reference: "FT-2"'),
        date(2016, 9, 9),
        "MEX",
        "2016-09-09 *",
        declared_in_prelude=True,
    )
