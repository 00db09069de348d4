"""contribution-form: in which forms and currencies a category of donors may contribute."""

from datetime import date

from plugins.rules.contribution_form import RULE
from tests.rules import Case, DatedRule


class TestContributionForm(DatedRule):
    rule = RULE
    category = "member-state"
    case = Case("currency-not-allowed", "currency", ("USD, EUR", "USD, CAD"), date(2016, 9, 8), "CAN")
