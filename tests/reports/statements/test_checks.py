"""The checks of a report."""

from reports.report import Report


def test_all_checks_hold(q2: Report) -> None:
    assert [str(check.name) for check in q2.checks if not check.holds] == []
    assert (
        len(q2.checks) == 19
    )  # 5 of the balance, 1 of the register, 3 by donor, 5 of the money, 3 of the memorandum, 2 of statement 3d
