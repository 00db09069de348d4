"""pledge-lifecycle: tags, accounts, links, lot labels and both halves of an entry agree.

Source: house rule, from the stages of the funds compared in facts 2.3 and 2.4 (announced, committed, received; only
written statements count) and UN practice that a pledge stands in a memorandum account, apart from cash.

- An entry that touches pledges or contributions has exactly one tag that says what happened (`ledger.language.shapes`
lists for each
  kind which accounts it may touch). `#correction` beside it makes it a reversal, and `corrects` says of what.
- Announced first or at once committed; received only from committed. A reduction, a write-off and a conversion each
have a reason.
- Every lot is labelled with its pledge (or an instalment of it), linked with `^PL-…`, in the accounts of one donor; a
committed instalment
  has a due date.
- **The two halves balance alone.** The postings under `Equity:Pledges` sum to nothing at cost, and so do all the
others: an amount error on
  the cash side never disappears into `Equity:Pledges:Contra`. What a receipt settles in the currency it came in is what
      came in, to the
  cent; what was not pledged is marked `unpledged: TRUE` on its income posting.

Breaks it (the bank shows 100.01, and Beancount would put the odd cent into the contra account):

    2016-10-05 * "Argentina" "First instalment" #receipt ^PL-2016-003
      Assets:Bank:Operating                               100.01 USD
      Income:Contributions:MemberStates:Argentina        -100.00 USD
      Equity:Pledges:Committed:MemberStates:Argentina    -100.00 USD {"PL-2016-003/1"}
      Equity:Pledges:Contra

Keeps it: the same entry with 100.00 at the bank.
"""

from collections.abc import Iterator
from functools import cache

from ledger.ground.findings import Finding
from ledger.model.fund import Fund
from plugins.rules.pledge_lifecycle import amounts, shape, suspense, wholes
from plugins.rules.pledge_lifecycle.rule import RULE

__all__ = ["RULE"]


@RULE.check
def entries_malformed(fund: Fund) -> Iterator[Finding]:
    """Yield what is wrong with each entry, then with instalments, receipts and refunds as a whole."""
    yield from wholes.weak_booking(fund)
    slip = cache(shape.slip_of)  # a book repeats its keys; the memo is this book's, and goes with it
    for entry in fund.entries:
        if not entry.txn.postings:
            continue  # Beancount refused to book it and says so
        yield from amounts.wrong_amounts(entry, fund.unit)
        yield from shape.wrong_shape(entry, slip)
    yield from suspense.wrong_suspense(fund)
    yield from wholes.wrong_wholes(fund)
