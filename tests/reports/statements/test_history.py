"""Control totals, seals and restatements."""

from datetime import date

from ledger.ground.periods import Quarter
from reports.report import Report, report
from reports.scope import Scope
from reports.statements.history import CONTROL_TOTALS, RESTATEMENTS, SEALS
from tests.books import SMALL
from tests.conftest import Load


def test_control_totals(q2: Report) -> None:
    totals = {(x.half, str(x.period)): (x.currency, x.debits, x.credits) for x in q2.of[CONTROL_TOTALS]}
    # 640 received, 300 spent, 50 refunded, 80 in kind, 70 unclaimed, 30 identified, 64 charged, 100 lent, 40 returned
    assert totals["Money", "2016-Q2"] == ("USD", 1374, 1374)
    assert totals["Pledges (memorandum)", "2016-Q2"] == ("USD", 770, 770)  # 660 received, 110 reduced


def test_a_correction_of_the_quarter_is_a_restatement(book: Load) -> None:
    correction = """
    2016-08-01 * "Country visit, charged twice" #expenditure #correction
      reason: "the invoice was of another fund (example)"
      Expenses:Travel                                   -300.00 USD
      Assets:Bank:Operating                              300.00 USD
    """
    loaded = book(SMALL, correction)
    (line,) = report(loaded, Scope.of(Quarter(2016, 3))).of[RESTATEMENTS]
    assert (line.kind, line.day, line.reason, line.amount) == (
        "correction",
        date(2016, 8, 1),
        "the invoice was of another fund (example)",
        300,
    )
    assert report(loaded, Scope.of(Quarter(2016, 4))).of[RESTATEMENTS] == ()


def test_the_digest_is_the_seal_that_the_quarter_gets(book: Load) -> None:
    """A `close` with the digest of the report stands, and makes the report that of a sealed quarter."""
    open_report = report(book(SMALL), Scope.of(Quarter(2016, 2)))
    assert not open_report.of[SEALS].sealed
    *_, now = open_report.of[SEALS].lines
    officer = '    2004-06-08 custom "officer" "treasurer-1" "treasurer"\n'
    with_officer = report(book(officer, SMALL), Scope.of(Quarter(2016, 2))).of[SEALS]
    close = f"""
    2016-07-12 custom "close" "2016-Q2"
      digest: "{with_officer.digest}"
      entries: {now.entries}
      by: "treasurer-1"
    """
    loaded = book(officer, SMALL, close)
    assert loaded.findings == []
    sealed = report(loaded, Scope.of(Quarter(2016, 2)))
    assert sealed.of[SEALS].sealed
    assert sealed.of[SEALS].digest == with_officer.digest
    early = report(loaded, Scope.of(Quarter(2016, 2), date(2016, 6, 29)))
    assert not early.of[SEALS].sealed
