"""The parameters of rules as a book sets them."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from ledger.language.law import Evidence, FourEyes, IndirectCostRecovery, Limit, read_list

FIXED = {"day": date(2016, 1, 1), "meta": {}, "category": "*", "citation": "example"}


def test_thresholds_by_kind() -> None:
    terms = Evidence.model_validate({**FIXED, "rule": "evidence", "kinds": "receipt, expenditure above 1000"})
    assert terms.limits["expenditure"].above == 1000
    assert terms.limits["receipt"].above == 0


def test_a_limit_is_smaller_where_less_is_allowed() -> None:
    terms = FourEyes.model_validate({**FIXED, "rule": "four-eyes", "above": Decimal(10000)})
    assert terms.limit.above == 10000
    assert min(Limit(Decimal(5), 7), Limit(Decimal(4), 7)).above == 4


def test_a_share_is_a_per_cent() -> None:
    with pytest.raises(ValidationError):
        IndirectCostRecovery.model_validate({**FIXED, "rule": "indirect-cost-recovery", "rate": 101})
    assert read_list("USD, EUR ,CAD") == {"USD", "EUR", "CAD"}
