"""Indicators: conversion, concentration, days, breadth."""

from ledger.ground.periods import Quarter
from reports.report import Report, report
from reports.scope import Scope
from reports.statements.indicators import BREADTH, DAYS, INDICATORS
from tests.books import REVERSAL, SMALL
from tests.conftest import Load


def test_indicators(q2: Report) -> None:
    shares = {str(line.name): (line.part, line.whole) for line in q2.of[INDICATORS]}
    assert shares["Conversion: received of what was committed"] == (660, 1100)
    assert shares["Concentration: the largest donor: Year to date"] == (640, 670)
    assert shares["Concentration: the 3 largest donors: Since the beginning"] == (1170, 1170)
    taken, late = q2.of[DAYS]
    assert (taken.cases, taken.middle, taken.longest) == (1, 116, 116)  # 10 January to 5 May
    assert (late.cases, late.middle, late.longest) == (1, 35, 35)  # 31 March to 5 May
    breadth = {line.category: line for line in q2.of[BREADTH]}
    states = breadth["Member states"]
    assert (states.quarter, states.year, states.cumulative) == (1, 1, 2)  # Chile; Mexico in 2015
    assert states.registered == 35  # 35 member states; Cuba is one (facts 5)


def test_what_was_taken_back_is_no_payment_and_no_donor(book: Load) -> None:
    made = report(book(SMALL, REVERSAL), Scope.of(Quarter(2016, 3))).of
    assert [line.cases for line in made[DAYS]] == [0, 0]
    observers = next(line for line in made[BREADTH] if line.category == "Permanent observers")
    assert (observers.year, observers.cumulative) == (0, 0)
    shares = {str(line.name): (line.part, line.whole) for line in made[INDICATORS]}
    assert shares["Conversion: received of what was committed"] == (0, 1100)
    assert shares["Concentration: the largest donor: Since the beginning"] == (500, 500)  # Mexico in 2015


def test_a_donor_is_not_late_because_the_fund_did_not_know_it(book: Load) -> None:
    """Pledged on 10 January, due and credited on 31 March, identified on 20 April."""
    waited = """
    2016-01-10 * "Chile" "Exchange of letters" #agreement ^PL-2016-002
      Equity:Pledges:Committed:MemberStates:Chile          100.00 USD {1 USD, "PL-2016-002"}
        due: 2016-03-31
      Equity:Pledges:Contra                               -100.00 USD

    2016-03-31 * "Credit without a known donor" #unclaimed ^UR-2016-001
      Assets:Bank:Operating                                100.00 USD
      Liabilities:UnclaimedReceipts                       -100.00 USD

    2016-04-20 * "Chile" "Identified" #identify ^UR-2016-001 ^PL-2016-002
      receipt-number: "R-2016-0001"
      Liabilities:UnclaimedReceipts                        100.00 USD
      Income:Contributions:MemberStates:Chile             -100.00 USD
      Equity:Pledges:Committed:MemberStates:Chile         -100.00 USD {"PL-2016-002"}
      Equity:Pledges:Contra                                100.00 USD
    """
    taken, late = report(book(waited), Scope.of(Quarter(2016, 2))).of[DAYS]
    assert (taken.cases, taken.longest) == (1, 81)  # 21 of January, 29 of February, 31 of March
    assert (late.cases, late.longest) == (1, 0)
