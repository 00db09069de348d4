"""The pipeline: read the book's language, build the fund, open the donors' accounts, then apply every rule in order.

A book names it once, in its main file (Beancount ignores `plugin` lines of included files):

    plugin "plugins.fund"

The entries come back as they were (a directive without values gets an empty list of them), with the accounts' `open` and `close` added. Warnings are not handed to Beancount, which knows only
errors; `vfund check` shows them.
"""

from typing import Any

from beancount.core import data

from ledger.findings import Finding
from ledger.fund import Fund
from ledger.loading import publish
from plugins import (
    acceptance_recorded,
    additional_liability,
    agreement_required,
    anonymity,
    bank_reference_once,
    conservation,
    contribution_form,
    donor_category,
    donor_registered,
    due_diligence,
    evidence,
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
from plugins.donor_accounts import opened
from plugins.judgement import judge

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
    pledge_lifecycle,
    conservation,
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
    model = Fund.build(entries, options)
    findings = [*model.findings]
    for rule in RULES:
        findings += rule.check(model)
    judgement = judge(model, findings)
    findings = judgement.findings
    publish(model, findings, judgement.waived)
    return _whole(entries) + opened(model), [finding for finding in findings if finding.severity == "error"]


def _whole(entries: list[data.Directive]) -> list[data.Directive]:
    """Give a directive without values an empty list of them: Beancount's own `pad` fails on the None that the parser leaves."""
    return [
        entry._replace(values=[]) if isinstance(entry, data.Custom) and entry.values is None else entry
        for entry in entries
    ]
