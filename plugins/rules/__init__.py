"""The rules of the fund, one module each, and the order in which they are applied.

A rule module declares `RULE` (`ledger.law.rule`): its terms, every text it can say, its check. Its docstring is its
specification: the rule, its source, a ledger that breaks it and one that keeps it. A new rule is one module here and
one line in `RULES`. May import `ledger`.
"""

from ledger.law.rule import schema
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

RULES = (
    law.RULE,
    donor_registered.RULE,
    donor_category.RULE,
    contribution_form.RULE,
    purpose_evidenced.RULE,
    agreement_required.RULE,
    acceptance_recorded.RULE,
    due_diligence.RULE,
    additional_liability.RULE,
    anonymity.RULE,
    interfund.RULE,
    indirect_cost_recovery.RULE,
    no_spending_on_pledges.RULE,
    exchange_rate.RULE,
    exchange_differences.RULE,
    pledge_lifecycle.RULE,
    conservation.RULE,
    bank_balance.RULE,
    four_eyes.RULE,
    evidence.RULE,
    receipt_number.RULE,
    bank_reference_once.RULE,
    unclaimed_age.RULE,
    recording_delay.RULE,
    pledge_lapse.RULE,
    period_sealed.RULE,
)
"""All rules, in the order in which they are applied."""

SCHEMA = schema(RULES)
"""What a book may set of them."""
