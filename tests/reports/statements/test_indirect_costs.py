"""Indirect costs by category."""

from decimal import Decimal

from reports.report import Report
from reports.statements.indirect_costs import INDIRECT_COSTS


def test_indirect_costs(q2: Report) -> None:
    lines = {str(x.category): (x.received_quarter, x.charged_quarter, x.rate_quarter) for x in q2.of[INDIRECT_COSTS]}
    assert lines["Permanent observers"] == (640, 64, Decimal("0.1"))
    assert lines["Member states"] == (30, 0, 0)  # what was identified
    member_states = q2.of[INDIRECT_COSTS][0]
    assert (member_states.received_year, member_states.received_cumulative) == (30, 530)  # and 500 of Mexico in 2015
