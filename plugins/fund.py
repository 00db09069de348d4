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
    bank_reference_once,
    conservation,
    donor_category,
    donor_registered,
    pledge_lifecycle,
    receipt_number,
)
from plugins.donor_accounts import opened

__plugins__ = ("fund",)

RULES = (
    donor_registered,
    donor_category,
    pledge_lifecycle,
    conservation,
    bank_reference_once,
    receipt_number,
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
    publish(model, findings)
    return _whole(entries) + opened(model), [finding for finding in findings if finding.severity == "error"]


def _whole(entries: list[data.Directive]) -> list[data.Directive]:
    """Give a directive without values an empty list of them: Beancount's own `pad` fails on the None that the parser leaves."""
    return [
        entry._replace(values=[]) if isinstance(entry, data.Custom) and entry.values is None else entry
        for entry in entries
    ]
