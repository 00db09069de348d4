"""The register of receipts."""

from reports.report import Report
from reports.statements.receipts import RECEIPTS


def test_an_identified_receipt_has_the_bank_reference_of_its_credit(q2: Report) -> None:
    (line,) = [line for line in q2.of[RECEIPTS] if line.number == "R-2016-0002"]
    assert (line.donor, line.bank_reference) == ("Chile", "FT-7")
