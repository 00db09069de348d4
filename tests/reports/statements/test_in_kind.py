"""Contributions in kind."""

from datetime import date

from reports.report import Report
from reports.statements.in_kind import IN_KIND, IN_KIND_REGISTER


def test_in_kind(q2: Report) -> None:
    (panama,), (line,) = q2.of[IN_KIND], q2.of[IN_KIND_REGISTER]
    assert (panama.donor, panama.quarter, panama.prior_quarter, panama.year, panama.cumulative) == (
        "Panama",
        80,
        0,
        80,
        80,
    )
    assert (line.day, line.what, line.used_as, line.valuation, line.value) == (
        date(2016, 6, 25),
        "Rooms for a session",
        "Services",
        "letter of the donor (example)",
        80,
    )
