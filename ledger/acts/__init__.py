"""What an officer does: each act in a module of its own, declared for every door, and the list of all.

May import every other room of `ledger`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.acts.act import Act

SECTIONS = {
    "Pledges": {
        "pledge": ("pledge.AnnouncePledge", "Record an announced pledge."),
        "increase": ("increase.Increase", "Record that a donor raises a pledge."),
        "agreement": ("pledge.Agreement", "Record that a pledge is committed by an agreement."),
        "reduce": ("reduction.Reduce", "Record that a donor reduced a pledge."),
        "write-off": ("reduction.WriteOff", "Record that the fund gives up a pledge."),
        "reconfirm": ("reconfirm.Reconfirm", "Record that a donor still means to pay."),
        "remind": ("contact.Remind", "Record that a donor was sent a reminder."),
    },
    "Contributions": {
        "receipt": ("receipt.Receipt", "Record money that came in, and what it settles."),
        "in-kind": ("in_kind.InKind", "Record a contribution in kind."),
        "unclaimed": ("unclaimed.RecordUnclaimed", "Record a credit whose donor is not known, or list those."),
        "identify": ("receipt.Identify", "Move an unclaimed receipt to its donor."),
        "refund": ("refund.Refund", "Record money paid back to a donor."),
    },
    "Spending and the bank": {
        "expenditure": ("expenditure.Expenditure", "Record what the fund spends."),
        "payment": ("expenditure.Payment", "Record that a bank paid what is owed."),
        "interest": ("bank.Interest", "Record interest that a bank credited."),
        "bank-charge": ("bank.BankCharge", "Record a charge that a bank took."),
        "transfer": ("bank.Transfer", "Record a transfer, or a sale of currency."),
        "rate": ("rate.Rate", "Record a rate of exchange."),
        "loan": ("loan.Loan", "Record a loan to another fund."),
        "repayment": ("loan.Repayment", "Record that a loan comes back."),
        "opening": ("opening.Opening", "Record the balance with which a bank account begins."),
        "account": ("account.OpenAccount", "Open a bank account, and say its number."),
    },
    "Donors": {
        "donor": ("donor.RegisterDonor", "Register a donor."),
        "donor-status": ("donor.DonorStatus", "Record that a donor gives in another category."),
        "donor-rename": ("donor_rename.RenameDonor", "Record that a donor is called otherwise."),
        "donor-merge": ("donor_merge.MergeDonors", "Record that two registrations are one donor."),
        "contact": ("contact.SetContact", "Record to whom the letters to a donor go."),
        "payer": ("payer.ConfirmPayer", "Record under which name a donor pays."),
        "payer-end": ("payer_end.ForgetPayer", "Record that a donor does not pay under a name."),
        "clear": ("clear.Clear", "Record the due diligence on a donor."),
        "confirm": ("confirm.ConfirmAccount", "Record what a donor answered about its account."),
    },
    "Control": {
        "attach": ("attach.Attach", "File the documents of an entry."),
        "approve": ("approve.Approve", "Approve entries of another officer."),
        "reverse": ("reverse.Reverse", "Take back an entry that was recorded wrongly."),
        "waive": ("waive.Waive", "Let one case pass a rule, for a time."),
        "purpose": ("purpose.DeclarePurpose", "Declare a purpose of money."),
        "officer": ("officer.AppointOfficer", "Appoint an officer."),
        "officer-end": ("officer_end.EndOffice", "Record that an officer leaves office."),
        "rule": ("rule.ChangeRule", "Change a rule of the law from a day on."),
    },
}
"""Every act below its heading, by the name that doors call it, with where it is declared and what it does."""

ACTS = {name: act for acts in SECTIONS.values() for name, act in acts.items()}
"""Every act by its name; a list is shown without importing any."""


def find_act(name: str) -> "type[Act]":
    """Import the act of a name in `ACTS`."""
    module, _, cls = ACTS[name][0].partition(".")
    result: type[Act] = getattr(import_module(f"ledger.acts.{module}"), cls)
    return result
