"""contribution-form: in which forms and currencies a category of donors may contribute.

Source: UN Financial Regulation 3.12 accepts voluntary contributions "whether or not in cash" (facts 1.5), and paragraph
11 of AG/RES. 2027 names no form; which forms and currencies a fund takes from whom is its own policy, in the parameters
`forms` (cash, in-kind, secondment) and `currencies` of the rule. A gift in kind whose use is posted to
`Expenses:InKind:Secondment…` is a secondment. What is judged is what comes in: a pledge or a commitment (cash), a
contribution, a gift in kind.

Breaks it, where `currencies: "USD, EUR"` is in force for member states:

    2016-09-08 * "Canada" "Contribution" #receipt
      receipt-number: "R-2016-0001"
      Assets:Bank:Operating                               100.00 CAD @ 0.75 USD
      Income:Contributions:MemberStates:Canada           -100.00 CAD @ 0.75 USD

Keeps it: the same contribution in EUR or USD.
"""

from collections.abc import Iterator
from decimal import Decimal

from ledger.ground.findings import Finding, Message
from ledger.language.accounts import STAGES, Account, Role
from ledger.language.kinds import Kind
from ledger.language.law import Terms, read_list
from ledger.language.models import Text
from ledger.law.rule import Rule
from ledger.model.entries import Entry
from ledger.model.fund import Fund

FORMS = ("cash", "in-kind", "secondment")
SECONDMENT = "Expenses:InKind:Secondment"
_KINDS = (Kind.PLEDGE, Kind.AGREEMENT, Kind.RECEIPT, Kind.IDENTIFY, Kind.IN_KIND)


class ContributionForm(Terms):
    """`forms`: cash, in-kind, secondment. `currencies`: as posted. Both are lists with commas; nothing means any."""

    forms: Text | None = None
    currencies: Text | None = None


RULE = Rule(
    "contribution-form",
    ContributionForm,
    messages={
        "form": Message(
            "a donor of the category {category!r} may not contribute {form} on {day}; allowed: {allowed}.",
            "record what was agreed instead, or have the rule waived for this contribution.",
        ),
        "currency": Message(
            "a donor of the category {category!r} may not contribute in {currency} on {day}; allowed: {allowed}.",
            "have the bank's credit recorded in an allowed currency, or have the rule waived for this contribution.",
        ),
        "unknown-form": Message(
            "the rule allows {form!r}, which is not a form; the forms are cash, in-kind and secondment.",
            "correct `forms` of the rule.",
        ),
    },
)


@RULE.check
def forms_not_allowed(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every contribution whose form or currency its donor's category may not use on that day."""
    for rule in fund.law.rules:
        if isinstance(rule, ContributionForm):
            for form in read_list(rule.forms) - set(FORMS):
                yield RULE.finding("unknown-form", rule.meta, form=form)
    for kind in _KINDS:
        for entry in fund.by_kind[kind]:
            if not entry.reversal:
                yield from _judge(fund, entry)


def _judge(fund: Fund, entry: Entry) -> Iterator[Finding]:
    seen: set[tuple[str, str, str]] = set()
    for part, posting, _ in entry.owned:
        if not _comes_in(part, posting.units.number):
            continue
        category = fund.registry.by_category_account.get(part.category, "")
        terms = fund.law.terms(ContributionForm, category, entry.txn.date)
        key = (category, _form(entry, part), posting.units.currency)
        if terms is None or key in seen:
            continue
        seen.add(key)
        facts: dict[str, object] = {"category": category, "day": entry.txn.date}
        if terms.forms is not None and key[1] not in read_list(terms.forms):
            yield RULE.finding("form", entry.txn, **facts, form=key[1], allowed=terms.forms)
        if terms.currencies is not None and key[2] not in read_list(terms.currencies):
            yield RULE.finding("currency", entry.txn, **facts, currency=key[2], allowed=terms.currencies)


def _comes_in(part: Account, number: Decimal) -> bool:
    if part.role in STAGES:
        return number > 0
    return part.role in {Role.CONTRIBUTION, Role.IN_KIND_INCOME}


def _form(entry: Entry, part: Account) -> str:
    if part.role is not Role.IN_KIND_INCOME:
        return "cash"
    seconded = any(other.name.startswith(SECONDMENT) for other, _, _ in entry.money)
    return "secondment" if seconded else "in-kind"
