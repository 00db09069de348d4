"""The pipeline: read the book's language, build the fund, open the donors' accounts, then apply every rule in order.

A book names it once, in its main file (Beancount ignores `plugin` lines of included files):

    plugin "plugins.fund"

The entries come back as they were (but for what `ledger.book.repair` mends), with the accounts' `open` and `close` added. Warnings are not handed to Beancount, which knows only
errors; `vfund check` shows them.
"""

from datetime import date
from typing import Any

from beancount.core import data

from ledger.book.loading import Run, publish, standing
from ledger.book.repair import repaired
from ledger.ground.findings import Finding
from ledger.law.judgement import judge
from ledger.model.fund import Fund
from plugins.donor_accounts import opened
from plugins.rules import (
    acceptance_recorded,
    additional_liability,
    agreement_required,
    anonymity,
    bank_balance,
    bank_reference_once,
    conservation,
    contribution_form,
    donor_category,
    donor_registered,
    due_diligence,
    evidence,
    exchange_differences,
    exchange_rate,
    four_eyes,
    indirect_cost_recovery,
    interfund,
    law,
    no_spending_on_pledges,
    period_sealed,
    pledge_lapse,
    pledge_lifecycle,
    purpose_evidenced,
    receipt_number,
    recording_delay,
    unclaimed_age,
)

__plugins__ = ("fund",)

RULES = (
    law,
    donor_registered,
    donor_category,
    contribution_form,
    purpose_evidenced,
    agreement_required,
    acceptance_recorded,
    due_diligence,
    additional_liability,
    anonymity,
    interfund,
    indirect_cost_recovery,
    no_spending_on_pledges,
    exchange_rate,
    exchange_differences,
    pledge_lifecycle,
    conservation,
    bank_balance,
    four_eyes,
    evidence,
    receipt_number,
    bank_reference_once,
    unclaimed_age,
    recording_delay,
    pledge_lapse,
    period_sealed,
)
"""All rules, in the order in which they are applied."""


def fund(
    entries: list[data.Directive], options: dict[str, Any], _config: str | None = None
) -> tuple[list[data.Directive], list[Finding]]:
    """Apply the fund's law to a book."""
    whole, mended = repaired(entries, options)
    model = Fund.build(whole, options)
    run = _applied(model, mended, None)
    publish(options, lambda day: run if day is None else _applied(model, mended, day))
    return whole + opened(model), [finding for finding in run.findings if finding.severity == "error"]


def _applied(model: Fund, mended: list[Finding], day: date | None) -> Run:
    """Apply every rule, then the law in force and the waivers, as of a day."""
    fund = standing(model, day)
    findings = [*mended, *fund.findings]
    for rule in RULES:
        findings += rule.check(fund)
    judgement = judge(fund, findings)
    return Run(fund, judgement.findings, judgement.waived)
