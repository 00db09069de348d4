"""The register of receipts."""

from datetime import date

from reports.report import Report
from reports.statements.receipts import RECEIPTS


def test_an_identified_receipt_has_the_bank_reference_of_its_credit(q2: Report) -> None:
    (line,) = [line for line in q2.of[RECEIPTS] if line.number == "R-2016-0002"]
    assert (line.donor, line.bank_reference) == ("Chile", "FT-7")


def test_a_receipt_is_of_the_day_on_which_the_bank_credited_it(q2: Report) -> None:
    days = {line.number: (line.day, line.identified) for line in q2.of[RECEIPTS]}
    assert days == {
        "R-2016-0001": (date(2016, 5, 5), None),
        "R-2016-0002": (date(2016, 4, 15), date(2016, 6, 10)),  # UR-2016-001 came in on 15 April
    }
