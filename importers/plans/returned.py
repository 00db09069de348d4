"""Credits that the bank takes back: which receipt, or which unclaimed receipt, a debit undoes.

House rule: it is certain where one credit of the same amount reached the same account in the hundred and twenty days
before, and the debit names it: by its bank reference, by a pledge that it settled, or by its payer. Else a person
decides (`vfund reverse`), and the candidates are named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from importers.matching.names import Names, Strength
from importers.matching.texts import find_references
from importers.plans.movements import IdentifiedLine, describe_line
from ledger.acts.reversing import standing_entries
from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.unclaimed import links_of

WITHIN = timedelta(days=120)
_CREDITS = frozenset({Kind.RECEIPT, Kind.UNCLAIMED})


@dataclass(frozen=True, slots=True)
class ReturnedCredit:
    """What a debit of the bank may undo; `certain` is the one that it names, where it names just one."""

    certain: Entry | None
    candidates: tuple[Entry, ...]

    @property
    def names(self) -> list[str]:
        """What the candidates are called on the command line."""
        return [name_of(entry) for entry in self.candidates]


def name_of(entry: Entry) -> str:
    """Return the receipt number of an entry, or the link of an unclaimed receipt."""
    links = links_of(entry.txn.links or frozenset())
    return str(entry.txn.meta.get("receipt-number") or (links[0] if links else ""))


def find_returned_credit(fund: Fund, names: Names, item: IdentifiedLine, bank: str) -> ReturnedCredit:
    """Find what a debit takes back."""
    candidates = tuple(_find_credits(fund, item, bank))
    entries_of_text = [entry for entry in candidates if _is_named_by(fund, names, item, entry)]
    return ReturnedCredit(entries_of_text[0] if len(entries_of_text) == 1 else None, candidates)


def _find_credits(fund: Fund, item: IdentifiedLine, bank: str) -> Iterator[Entry]:
    line = item.line
    for entry in standing_entries(fund, _CREDITS):
        bank_postings = [p for part, p, _ in entry.money if part.role is Role.BANK and part.name == bank]
        same = [p for p in bank_postings if (p.units.number, p.units.currency) == (-line.number, line.currency)]
        if same and line.day - WITHIN <= entry.txn.date <= line.day:
            yield entry


def _is_named_by(fund: Fund, names: Names, item: IdentifiedLine, entry: Entry) -> bool:
    """Return whether a debit names a credit: by reference, by pledge, by payer."""
    line, reference = item.line, str(entry.txn.meta.get("bank-reference", ""))
    words = f"{line.text} {line.reference}"
    if reference and any(c.isdigit() for c in reference) and reference.casefold() in words.casefold().split():
        return True
    pledges = {label.partition("/")[0] for label in find_references(words)}
    if pledges & entry.pledges:
        return True
    payer = (line.party.name or "").casefold()
    if payer and payer == (entry.txn.payee or "").casefold():
        return True
    identity = names.identify(line.party.name, line.party.account)
    donors = {
        fund.registry.by_account[leg.account.donor].code
        for leg in entry.owned
        if leg.account.donor in fund.registry.by_account
    }
    return identity.strength >= Strength.NAME and identity.donor in donors


def explain_way_out(item: IdentifiedLine, returned: ReturnedCredit) -> str:
    """Return in words how a debit that undoes a credit is recorded where nobody can be certain."""
    if returned.candidates:
        ways = " or ".join(f"`vfund reverse {name}`" for name in returned.names)
        return f"the bank took a credit back: {ways} makes what it settled outstanding again"
    return f"the bank took a credit back that is not in the book as one: look for what {describe_line(item.line)} undoes, then `vfund reverse`"
