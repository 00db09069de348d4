"""anonymity: the book always knows who gave.

Only what is published may leave the name out, and only where the category allows it.
"""

from datetime import date

from plugins.rules.anonymity import RULE
from tests.rules import Case, DatedRule


class TestAnonymity(DatedRule):
    rule = RULE
    case = Case(
        "anonymous-state", "not-allowed", ("anonymous: TRUE", "anonymous: FALSE"), date(2016, 9, 8), "R-2016-0001"
    )
