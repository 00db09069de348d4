"""evidence: the document behind an entry is on file, and its content is what it was when it was filed."""

from datetime import date

from plugins.rules.evidence import RULE
from tests.rules import Case, DatedRule


class TestEvidence(DatedRule):
    rule = RULE
    case = Case("no-document", "no-document", ('kinds: "receipt"', 'kinds: "refund"'), date(2016, 9, 8), "R-2016-0001")
