"""agreement-required: a commitment or a receipt names its instrument.

An agreement, a memorandum, an exchange of letters.
"""

from datetime import date
from pathlib import Path

from plugins.rules.agreement_required import RULE
from tests.rules import Case, DatedRule, of


class TestAgreementRequired(DatedRule):
    rule = RULE
    case = Case(
        "no-instrument",
        "no-instrument",
        ('"R-2016-0001"', '"R-2016-0001"\n  agreement: "Note verbale"'),
        date(2016, 9, 8),
        "R-2016-0001",
    )

    def test_a_special_law_stands_before_a_general_one(self, tmp_path: Path) -> None:
        special = '2009-01-01 custom "rule" "agreement-required" "member-state"\n  citation: "example"\n  above: 50\n'
        assert of(RULE, self.judged(self.case.text + special, tmp_path).findings) == []
