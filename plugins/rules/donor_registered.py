"""donor-registered: every donor account belongs to a registered donor, and nobody opens one by hand.

Source: house rule, after AG/RES. 2027, operative paragraph 11, which names who is invited to contribute; and the
Financial Handbook for Specific Fund Projects: the Department of Financial Services records incoming funds *by donor*.

Breaks it (there is no donor `Argentinia`):

    2016-09-08 * "Argentina" "Contribution" #receipt
      Assets:Bank:Operating                               100.00 USD
      Income:Contributions:MemberStates:Argentinia

Keeps it:

    2016-09-08 * "Argentina" "Contribution" #receipt
      Assets:Bank:Operating                               100.00 USD
      Income:Contributions:MemberStates:Argentina
"""

from collections.abc import Iterator

from beancount.core.data import Directive

from ledger.ground.findings import Finding, Message
from ledger.ground.resolution import INVITATION
from ledger.language.accounts import DONOR_PREFIXES, Role, account
from ledger.language.nearest import did_you_mean
from ledger.law.rule import Rule
from ledger.model.fund import Fund

RULE = Rule(
    "donor-registered",
    structural=True,
    messages={
        "unregistered": Message(
            "{name} names the donor {donor!r}, who is not registered; {suggestion}",
            'correct the account, or register the donor with `custom "donor"` and `custom "donor-status"`.',
            f"{INVITATION}; house rule",
        ),
        "unknown-category": Message(
            "{name} names the donor category {category!r}; {suggestion}",
            "correct the account.",
            INVITATION,
        ),
        "malformed": Message(
            "{name} does not name a category and a donor.",
            "write it as {shape}:<Category>:<Donor>.",
        ),
        "opened-by-hand": Message(
            "{name} is opened by hand; donors' accounts open by themselves on first use.",
            "take the `open` line out.",
        ),
    },
)


@RULE.check
def donors_not_registered(fund: Fund) -> Iterator[Finding]:
    """Yield one finding per account and entry that breaks the rule."""
    judged: dict[str, tuple[str, dict[str, object]] | None] = {}
    for entry in fund.entries:
        for part, _, _ in entry.owned:
            yield from _judge(fund, judged, part.name, entry.txn)
        for part, _, _ in entry.money:
            if part.role is Role.MISFIT:
                yield from _judge(fund, judged, part.name, entry.txn)
    for name, mention in fund.contents.mentions.items():
        yield from _judge(fund, judged, name, mention)
    for name, line in fund.contents.opens.items():
        if account(name).donor:
            yield RULE.finding("opened-by-hand", line, name=name)


def _judge(
    fund: Fund, judged: dict[str, tuple[str, dict[str, object]] | None], name: str, at: Directive
) -> Iterator[Finding]:
    if name not in judged:
        judged[name] = _verdict(fund, name)
    verdict = judged[name]
    if verdict is not None:
        yield RULE.finding(verdict[0], at, **verdict[1])


def _verdict(fund: Fund, name: str) -> tuple[str, dict[str, object]] | None:
    part = account(name)
    registry = fund.registry
    if part.role is Role.MISFIT:
        shape = next((prefix for prefix in DONOR_PREFIXES.values() if f"{name}:".startswith(prefix + ":")), None)
        return ("malformed", {"name": name, "shape": shape}) if shape else None
    if not part.donor:
        return None
    if part.category not in registry.by_category_account:
        suggestion = did_you_mean(part.category, registry.by_category_account)
        return "unknown-category", {"name": name, "category": part.category, "suggestion": suggestion}
    if part.donor not in registry.by_account:
        suggestion = did_you_mean(part.donor, registry.by_account)
        return "unregistered", {"name": name, "donor": part.donor, "suggestion": suggestion}
    return None
