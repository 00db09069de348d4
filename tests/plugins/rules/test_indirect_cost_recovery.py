"""indirect-cost-recovery.

What is charged on each receipt for indirect costs is the rate of its donor's category on its date.
"""

from datetime import date
from pathlib import Path

from plugins.rules.indirect_cost_recovery import RULE
from tests.rules import Case, DatedRule


class TestIndirectCostRecovery(DatedRule):
    rule = RULE
    case = Case("charge-missing", "wrong-charge", ("rate: 12", "rate: 0"), date(2016, 9, 8), "R-2016-0001")

    def test_an_example_that_nobody_confirmed_says_so_in_every_message(self, tmp_path: Path) -> None:
        text = self.case.text.replace('citation: "example"', 'citation: "art. 80"\n  to-be-confirmed: TRUE')
        (finding,) = self.judged(text, tmp_path).errors
        assert finding.citation == "art. 80; example, to be confirmed"
