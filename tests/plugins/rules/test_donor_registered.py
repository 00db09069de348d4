"""donor-registered: every donor account belongs to a registered donor, and nobody opens one by hand."""

from datetime import date

from plugins.rules.donor_registered import RULE
from tests.rules import Case, StructuralRule


class TestDonorRegistered(StructuralRule):
    rule = RULE
    case = Case("unregistered-donor", "", ("", ""), date(2016, 9, 8), "ARG")
