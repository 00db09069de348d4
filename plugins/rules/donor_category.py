"""donor-category: the category in an account is the donor's category on the date of the entry.

Source: AG/RES. 2027, operative paragraph 11, names the groups of donors; that the category is a fact of a date is a
house rule, from cases such as Denmark and Norway, which gave in 1997 while "not observers" (OAS press release of 17
September 1998), and Nicaragua, which ceased to be a member on 19 November 2023.

What is judged is where something *enters*: a pledge, a commitment, a contribution. Taking an instalment out of the
account in which it was promised is right at any time, so a state that has left can still pay what it owes; the income
is then of its new category.

Where the registry does not know a date (`since-unknown`, `since-precision`), both categories that the donor may have
had are allowed, and a *warning* says why, until somebody finds the date.

Breaks it (Denmark became an observer in October 2000):

    1997-06-30 * "Denmark" "Contribution" #receipt
      Assets:Bank:Operating                               100.00 USD
      Income:Contributions:PermanentObservers:Denmark

Keeps it:

    1997-06-30 * "Denmark" "Contribution" #receipt
      Assets:Bank:Operating                               100.00 USD
      Income:Contributions:Others:Denmark
"""

from collections.abc import Iterator

from beancount.core.data import Posting

from ledger.ground.findings import Finding, Message
from ledger.ground.resolution import INVITATION
from ledger.language.accounts import STAGES, Account
from ledger.language.kinds import Kind
from ledger.law.rule import Rule
from ledger.model.entries import Entry
from ledger.model.fund import Fund

_SOURCE = f"{INVITATION}; category on the date: house rule"

RULE = Rule(
    "donor-category",
    messages={
        "wrong-category": Message(
            "{donor} is of the category {category!r} on {day}, but {name} says {stated!r}.",
            "post to {right}, or correct the date.",
            _SOURCE,
        ),
        "doubtful": Message(
            "{name}: the category of {donor} on {day} is not certain: {doubt}.",
            "find the date and its source, and correct the `donor-status` in the registry.",
            _SOURCE,
            "warning",
        ),
    },
)


@RULE.check
def categories_wrong_on_their_day(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every donor account that is used in the wrong category, once per entry and account."""
    for entry in fund.entries:
        entering = {part.name: part for part, posting, _ in entry.owned if _enters(entry, part, posting)}
        for part in entering.values():
            yield from _judge(fund, entry, part)


def _enters(entry: Entry, part: Account, posting: Posting) -> bool:
    """Return whether the posting puts something into the account, rather than taking out what is there."""
    if entry.reversal or entry.kind is Kind.REFUND:
        return False
    return part.role not in STAGES or posting.units.number > 0


def _judge(fund: Fund, entry: Entry, part: Account) -> Iterator[Finding]:
    registry = fund.registry
    donor = registry.by_account.get(part.donor)
    stated = registry.by_category_account.get(part.category)
    if donor is None or stated is None:
        return
    standing = registry.standing(donor.code, entry.txn.date)
    facts: dict[str, object] = {
        "donor": donor.name_en,
        "day": entry.txn.date,
        "name": part.name,
        "stated": stated,
    }
    if stated not in standing.possible:
        category = registry.categories.get(standing.category)
        component = category.accounts if category else standing.category
        right = part.name.replace(f":{part.category}:", f":{component}:")
        yield RULE.finding("wrong-category", entry.txn, **facts, category=standing.category, right=right)
    elif standing.doubt:
        yield RULE.finding("doubtful", entry.txn, **facts, doubt=standing.doubt)
