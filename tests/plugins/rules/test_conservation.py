"""conservation: nothing that was pledged is ever lost or made.

The outstanding ties to the memorandum accounts, at every date.
"""

from datetime import date

from plugins.rules.conservation import RULE
from tests.rules import Case, StructuralRule


class TestConservation(StructuralRule):
    rule = RULE
    case = Case("unexplained", "", ("", ""), date(2016, 9, 8), "PL-2016-001")
