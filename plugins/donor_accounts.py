"""Open the donors' accounts on first use, in the category named there, and close them when the status has ended.

A commitment opens the account of the contributions that it promises, too: Fava's import page takes only accounts that
are open.

Nobody opens a donor's account by hand (rule `donor-registered` says so). An account of an unregistered donor is opened
too, so that the one message about it is ours and not also Beancount's. An account is closed on the last day of its
category's validity, or on the day of its last use if that is later: what was promised before a state left stays due
(facts 4, OAS Charter art. 143), and its memorandum account stays open for it.
"""

import itertools
from datetime import date, timedelta

from beancount.core import data

from ledger.language.accounts import DONOR_PREFIXES, Role, account, donor_account
from ledger.model.fund import Fund


def donor_account_directives(fund: Fund) -> list[data.Directive]:
    """Return the `open` and `close` directives that the book's donor accounts need."""
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    for entry in fund.entries:
        day = entry.txn.date
        for part, _, _ in entry.memorandum + entry.money:
            if part.donor:
                first.setdefault(part.name, day)
                last[part.name] = day
            if part.role is Role.COMMITTED:
                income = donor_account(Role.CONTRIBUTION, part.category, part.donor)
                first.setdefault(income, day)
                last.setdefault(income, day)
    for name, mention in fund.contents.mentions.items():
        if account(name).donor:
            first[name] = min(first.get(name, mention.date), mention.date)
            last[name] = max(last.get(name, mention.date), mention.date)
    directives: list[data.Directive] = []
    for name, day in first.items():
        if name in fund.contents.opens:
            continue
        meta = data.new_metadata("<plugins.fund>", 0)
        directives.append(data.Open(meta, day, name, None, None))
        ended = _ended(fund, name, last[name])
        if ended is not None:
            directives.append(data.Close(meta, ended, name))
    return directives


def _ended(fund: Fund, name: str, last_use: date) -> date | None:
    """Return the day on which an account is closed, None when its status goes on or something is outstanding on it."""
    part = account(name)
    donor = fund.registry.by_account.get(part.donor)
    category = fund.registry.by_category_account.get(part.category)
    if donor is None or category is None:
        return None
    statuses = fund.registry.statuses[donor.code]
    ends = [b.day for a, b in itertools.pairwise(statuses) if a.category == category != b.category]
    if not ends or statuses[-1].category == category:
        return None
    if part.role in DONOR_PREFIXES and any(
        i.outstanding() for i in fund.instalments.values() if i.account.name == name
    ):
        return None
    return max(ends[-1] - timedelta(days=1), last_use)
