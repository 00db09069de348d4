"""Directives are filed by kind."""

from datetime import date
from decimal import Decimal

from ledger.language.directives import Directives
from ledger.language.law import IndirectCostRecovery
from ledger.language.models import Purpose

FIXED = {"day": date(2016, 1, 1), "meta": {}}


def test_a_model_is_kept_under_its_kind_and_every_rule_among_the_rules() -> None:
    directives = Directives()
    purpose = Purpose.model_validate({**FIXED, "slug": "reports", "name-en": "Reports", "basis": "example"})
    rule = IndirectCostRecovery.model_validate(
        {**FIXED, "rule": "indirect-cost-recovery", "category": "*", "citation": "example", "rate": Decimal(11)}
    )
    directives.keep(purpose)
    directives.keep(rule)
    assert (directives.purposes, directives.rules) == ([purpose], [rule])
