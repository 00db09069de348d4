"""All directives of a book, by kind."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger.language import models
from ledger.language.law import Terms


@dataclass(slots=True)
class Directives:
    """All directives of a book, by kind, in the order of their dates."""

    funds: list[models.Fund] = field(default_factory=list)
    categories: list[models.DonorCategory] = field(default_factory=list)
    donors: list[models.Donor] = field(default_factory=list)
    statuses: list[models.DonorStatus] = field(default_factory=list)
    names: list[models.DonorName] = field(default_factory=list)
    merges: list[models.DonorMerge] = field(default_factory=list)
    contacts: list[models.DonorContact] = field(default_factory=list)
    reminders: list[models.Reminder] = field(default_factory=list)
    purposes: list[models.Purpose] = field(default_factory=list)
    rules: list[Terms] = field(default_factory=list)
    waivers: list[models.Waiver] = field(default_factory=list)
    clearances: list[models.Clearance] = field(default_factory=list)
    reconfirmations: list[models.Reconfirmation] = field(default_factory=list)
    payers: list[models.Payer] = field(default_factory=list)
    payer_ends: list[models.PayerEnd] = field(default_factory=list)
    confirmations: list[models.Confirmation] = field(default_factory=list)
    officers: list[models.Officer] = field(default_factory=list)
    officer_ends: list[models.OfficerEnd] = field(default_factory=list)
    bank_accounts: list[models.BankAccount] = field(default_factory=list)
    approvals: list[models.Approval] = field(default_factory=list)
    closes: list[models.Close] = field(default_factory=list)
    reopenings: list[models.Reopen] = field(default_factory=list)

    def keep(self, model: models.Directive) -> None:
        """File a directive under its kind."""
        if isinstance(model, Terms):
            self.rules.append(model)
            return
        shelf: dict[type[models.Directive], list[Any]] = {
            models.Fund: self.funds,
            models.DonorCategory: self.categories,
            models.Donor: self.donors,
            models.DonorStatus: self.statuses,
            models.DonorName: self.names,
            models.DonorMerge: self.merges,
            models.DonorContact: self.contacts,
            models.Reminder: self.reminders,
            models.Purpose: self.purposes,
            models.Waiver: self.waivers,
            models.Clearance: self.clearances,
            models.Reconfirmation: self.reconfirmations,
            models.Payer: self.payers,
            models.PayerEnd: self.payer_ends,
            models.Confirmation: self.confirmations,
            models.Officer: self.officers,
            models.OfficerEnd: self.officer_ends,
            models.BankAccount: self.bank_accounts,
            models.Approval: self.approvals,
            models.Close: self.closes,
            models.Reopen: self.reopenings,
        }
        shelf[type(model)].append(model)

    def known_payers(self) -> list[models.Payer]:
        """Return the payers that no line of their day or later ends."""
        ends: dict[tuple[str, str], date] = {}
        for end in self.payer_ends:
            ends[end.donor, end.name] = max(end.day, ends.get((end.donor, end.name), end.day))
        return [payer for payer in self.payers if payer.day > ends.get((payer.donor, payer.name), date.min)]
