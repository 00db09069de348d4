"""no-spending-on-pledges: what is spent was received before, in total and for its purpose, at the end of every day."""

from datetime import date

from plugins.rules.no_spending_on_pledges import RULE
from tests.rules import Case, DatedRule


class TestNoSpendingOnPledges(DatedRule):
    rule = RULE
    case = Case("spent-beyond-received", "beyond-received", ("50.01", "50.00"), date(2016, 9, 9), "", "2016-09-09 *")
