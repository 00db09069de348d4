"""pledge-lifecycle: tags, accounts, links, lot labels and both halves of an entry agree."""

from datetime import date

from plugins.rules.pledge_lifecycle import RULE
from tests.rules import Case, StructuralRule


class TestPledgeLifecycle(StructuralRule):
    rule = RULE
    case = Case("cash-error-explicit", "", ("", ""), date(2016, 9, 8), "PL-2016-001")
