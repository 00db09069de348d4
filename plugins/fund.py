"""The pipeline: read the book's language, build the fund, open the donors' accounts, then apply every rule in order.

A book names it once, in its main file (Beancount ignores `plugin` lines of included files):

    plugin "plugins.fund"

The entries come back as they were (but for what `ledger.book.repair` mends), with the accounts' `open` and `close`
added. Warnings are not handed to Beancount, which knows only errors; `vfund check` shows them.
"""

from datetime import date
from functools import cache
from typing import Any

from beancount.core import data

from ledger.book.loading import Model, Run, publish
from ledger.book.repair import repaired
from ledger.ground.findings import Finding
from ledger.law.judgement import judge
from ledger.model.fund import Fund
from plugins.donor_accounts import donor_account_directives
from plugins.rules import RULES, SCHEMA

__plugins__ = ("fund",)


def fund(
    entries: list[data.Directive], options: dict[str, Any], _config: str | None = None
) -> tuple[list[data.Directive], list[Finding]]:
    """Apply the fund's law to a book."""
    whole, mended = repaired(entries, options)
    model = Fund.build(whole, options, SCHEMA)

    @cache
    def run(day: date | None) -> Run:
        return _applied(model if day is None else model.at(day), mended)

    judged_by_loader = publish(options, Model(model, run))
    errors = [] if judged_by_loader else [finding for finding in run(None).findings if finding.severity == "error"]
    return whole + donor_account_directives(model), errors


def _applied(fund: Fund, mended: list[Finding]) -> Run:
    """Apply every rule, then the law in force and the waivers."""
    findings = [*mended, *fund.findings]
    for rule in RULES:
        findings += rule.findings(fund)
    judgement = judge(fund, findings)
    return Run(fund, judgement.findings, judgement.waived)
