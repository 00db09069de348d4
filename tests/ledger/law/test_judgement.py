"""What the rules found, judged by the law in force and by waivers."""

from ledger.law.judgement import judge
from plugins.rules import RULES
from tests.conftest import Load

BOOK = """
2010-01-01 custom "rule" "agreement-required" "member-state"
  citation: "example"
  severity: "{severity}"

2016-09-08 * "Mexico" "Contribution" #receipt
  receipt-number: "R-2016-0001"
  Assets:Bank:Operating                              100.00 USD
  Income:Contributions:MemberStates:Mexico          -100.00 USD
"""
WAIVER = """
2016-09-01 custom "waiver" "agreement-required" "R-2016-0001"
  reason: "The copy follows"
  approved-by: "treasurer-1"
  expires: {until}
"""


def judged(book: Load, *texts: str) -> tuple[list[tuple[str, str]], int]:
    """Return what is left to mend of a book, and how many findings were waived."""
    fund = book(*texts).fund
    (rule,) = (rule for rule in RULES if rule.rule == "agreement-required")
    judgement = judge(fund, rule.findings(fund))
    return [(f.code, f.severity) for f in judgement.findings], sum(len(item.findings) for item in judgement.waived)


def test_the_law_says_how_severe_it_is(book: Load) -> None:
    assert judged(book, BOOK.format(severity="error")) == ([("agreement-required/no-instrument", "error")], 0)
    assert judged(book, BOOK.format(severity="warning")) == ([("agreement-required/no-instrument", "warning")], 0)


def test_a_waiver_lets_it_pass_while_it_is_in_force(book: Load) -> None:
    text = BOOK.format(severity="error")
    assert judged(book, text, WAIVER.format(until="2016-09-08")) == ([], 1)
    found, waived = judged(book, text, WAIVER.format(until="2016-09-07"))
    assert (sorted(found), waived) == ([("agreement-required/no-instrument", "error"), ("waiver/expired", "error")], 0)
