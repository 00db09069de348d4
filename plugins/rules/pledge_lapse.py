"""pledge-lapse: a commitment long overdue and not reconfirmed in writing is written off, by a decision of people.

Source: UNEP: "Pledges due are written off after five years unless the donor has reconfirmed the commitment in writing
not more than 18 months before the end of the accounting period" (facts 3). `years` and `reconfirmed-months` of the rule
are those limits. A reconfirmation is `custom "reconfirmation"` with its source. The rule proposes; an officer decides
(`vfund write-off`). It is an open point.

Breaks it, when the book goes on to 2022:

    2016-09-01 * "Argentina" "Exchange of letters" #agreement ^PL-2016-003
      Equity:Pledges:Committed:MemberStates:Argentina    100.00 USD {1 USD, "PL-2016-003/1"}
        due: 2016-12-31
      Equity:Pledges:Contra                             -100.00 USD

Keeps it: a write-off, or

    2021-11-02 custom "reconfirmation" "PL-2016-003"
      source: "Note verbale of 2 November 2021"
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from ledger.ground.findings import Finding, Message, Scope
from ledger.ground.money import ZERO
from ledger.ground.periods import months_later
from ledger.ground.phrases import count
from ledger.language.law import Count, Terms
from ledger.language.nearest import did_you_mean
from ledger.law.rule import Rule
from ledger.model.fund import Fund


class PledgeLapse(Terms):
    """`years` overdue after which a commitment lapses, unless reconfirmed in writing within `reconfirmed-months` before."""

    years: Annotated[Decimal, Field(ge=0, le=100)]
    reconfirmed_months: Count


RULE = Rule(
    "pledge-lapse",
    PledgeLapse,
    messages={
        "lapsed": Message(
            "{label}: {number} {currency} was due on {due}, more than {years} years before {as_of}, and was not reconfirmed in the {months} months before.",
            "record the donor's written word with `vfund reconfirm {pledge}`, or write it off with `vfund write-off {label}`.",
            "UNEP practice (facts 3)",
            open=True,
        ),
        "unknown-pledge": Message(
            "the reconfirmation is of {pledge}, which is not in the book; {suggestion}",
            "correct the pledge.",
            "UNEP practice (facts 3)",
        ),
    },
)


@RULE.check
def commitments_lapsed(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every lapsed instalment on the day as of which the book is judged, and every reconfirmation of nothing."""
    confirmed: dict[str, list[date]] = defaultdict(list)
    for word in fund.directives.reconfirmations:
        confirmed[word.pledge].append(word.day)
        if word.pledge not in fund.pledges:
            suggestion = did_you_mean(word.pledge, fund.pledges)
            yield RULE.finding("unknown-pledge", word.meta, pledge=word.pledge, suggestion=suggestion)
    for instalment in fund.instalments.values():
        if instalment.stage != "committed" or instalment.due is None or instalment.due >= fund.as_of:
            continue
        category = fund.registry.by_category_account.get(instalment.account.category, "")
        terms = fund.law.terms(PledgeLapse, category, fund.as_of)
        if terms is None or months_later(instalment.due, 12 * int(terms.years)) >= fund.as_of:
            continue
        within = [
            day
            for day in confirmed[instalment.pledge]
            if day <= fund.as_of <= months_later(day, int(terms.reconfirmed_months))
        ]
        left = instalment.outstanding(fund.as_of)
        if left > ZERO and not within:
            donor = fund.registry.by_account.get(instalment.account.donor)
            subjects = frozenset({instalment.pledge, instalment.label, donor.code if donor else ""})
            facts = {"label": instalment.label, "pledge": instalment.pledge, "number": left}
            facts |= {
                "currency": instalment.currency,
                "years": count(terms.years),
                "months": count(terms.reconfirmed_months),
            }
            scope = Scope(fund.as_of, (category,), subjects)
            yield RULE.finding("lapsed", instalment.opened.txn, scope, due=instalment.due, as_of=fund.as_of, **facts)
