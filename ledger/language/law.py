"""The rules of the fund's law as a book may set them: `custom "rule"`, effective-dated, per donor category or for all (`"*"`).

A directive is in force from its date until a later one of the same rule and category. A directive for one category stands before the one
for all, whichever is the later (a special law is not repealed by a general one). `severity: "off"` needs a `reason` and no parameters.
"""

from decimal import Decimal
from functools import cached_property
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field

from ledger.language.models import CATEGORY, KINDS, Directive, Slug, Text

Count = Annotated[Decimal, Field(ge=0, le=36_500)]
"""Days, months or years; a hundred years of days are enough."""
Money = Annotated[Decimal, Field(ge=0)]
Share = Annotated[Decimal, Field(ge=0, le=100)]


class Limit(NamedTuple):
    """A threshold in the unit of account, and within how many days entries are judged together."""

    above: Decimal
    days: int


class Rule(Directive):
    """A rule without parameters of its own."""

    words: ClassVar = ("rule", "category")
    example: ClassVar = '2004-06-08 custom "rule" "receipt-number" "*"'
    rule: Slug
    category: Annotated[str, Field(pattern=CATEGORY)]
    citation: Text
    severity: Literal["error", "warning", "off"] = "error"
    reason: Text | None = None
    to_be_confirmed: bool = False
    note: Text | None = None

    @property
    def source(self) -> str:
        """The citation, as every message and report prints it; an example that nobody has confirmed says so."""
        return f"{self.citation}; example, to be confirmed" if self.to_be_confirmed else self.citation

    def parameters(self) -> dict[str, object]:
        """Give the parameters by the name under which they stand in the book."""
        own = type(self).model_fields.keys() - Rule.model_fields.keys()
        given = {name: getattr(self, name) for name in type(self).model_fields if name in own}
        return {name.replace("_", "-"): value for name, value in given.items() if value is not None}


class ContributionForm(Rule):
    """`forms`: cash, in-kind, secondment. `currencies`: as posted. Both are lists with commas; nothing means any."""

    forms: Text | None = None
    currencies: Text | None = None


class AgreementRequired(Rule):
    """`above`: only what is worth more than this, in the unit of account."""

    above: Money = Decimal(0)


class DueDiligence(Rule):
    """`above`: a clearance is needed once the donor's contributions are worth more than this, in the unit of account."""

    above: Money = Decimal(0)


class AdditionalLiability(Rule):
    """`stated`: every commitment must say whether it puts a liability on the Organization (`liability: "none"`)."""

    stated: bool = False


class Anonymity(Rule):
    """`allowed`: whether a donor of the category may ask not to be named in what is published."""

    allowed: bool


class Interfund(Rule):
    """`days`: within how many days a loan to another fund is due."""

    days: Count


class IndirectCostRecovery(Rule):
    """`rate`: per cent of what is received, before bank charges."""

    rate: Share


class ExchangeRate(Rule):
    """`percent`: how far a rate may be from that in force. `days`: how old that may be."""

    percent: Share
    days: Count


class ExchangeDifferences(Rule):
    """`borne-by`: `purpose` or `unearmarked` money. `days`: how long money may be in transit between two accounts."""

    borne_by: Literal["purpose", "unearmarked"] = "purpose"
    days: Count = Decimal(30)


class FourEyes(Rule):
    """`above`: entries that move more than this, in the unit of account, wait for another officer's approval.

    `days`: entries of one kind for one payee within so many days are judged together.
    """

    above: Money
    days: Count = Decimal(7)

    @cached_property
    def limit(self) -> Limit:
        """Both as one."""
        return Limit(self.above, int(self.days))


class Evidence(Rule):
    """`kinds`: the kinds of entry that need a document, with commas: those that move more than `above`, or than the number of their own (`loan above 1000`).

    `days`: entries of one kind for one payee within so many days are judged together. `statement-days`: how long an account that statements have
    asserted may go on without a later one.
    """

    kinds: Annotated[str, Field(pattern=KINDS)]
    above: Money = Decimal(0)
    days: Count = Decimal(7)
    statement_days: Count = Decimal(62)

    @cached_property
    def limits(self) -> dict[str, Limit]:
        """The limit of each kind; the lower where a kind is named twice."""
        parts = [part.partition(" above ") for part in listed(self.kinds)]
        named = [(kind, Limit(Decimal(number) if number else self.above, int(self.days))) for kind, _, number in parts]
        return dict(sorted(named, key=lambda pair: pair[1], reverse=True))


class UnclaimedAge(Rule):
    """`days`: how long a receipt may stay unidentified."""

    days: Count


class RecordingDelay(Rule):
    """`days`: how many days after its instrument, or the credit, an entry may be recorded."""

    days: Count


class PledgeLapse(Rule):
    """`years` overdue after which a commitment lapses, unless reconfirmed in writing within `reconfirmed-months` before."""

    years: Annotated[Decimal, Field(ge=0, le=100)]
    reconfirmed_months: Count


def listed(text: str | None) -> set[str]:
    """Read a parameter that is a list with commas."""
    return {word.strip() for word in (text or "").split(",") if word.strip()}


RULES: dict[str, type[Rule]] = {
    "donor-registered": Rule,
    "donor-category": Rule,
    "contribution-form": ContributionForm,
    "purpose-evidenced": Rule,
    "agreement-required": AgreementRequired,
    "acceptance-recorded": Rule,
    "due-diligence": DueDiligence,
    "additional-liability": AdditionalLiability,
    "anonymity": Anonymity,
    "interfund": Interfund,
    "indirect-cost-recovery": IndirectCostRecovery,
    "no-spending-on-pledges": Rule,
    "exchange-rate": ExchangeRate,
    "exchange-differences": ExchangeDifferences,
    "pledge-lifecycle": Rule,
    "conservation": Rule,
    "bank-balance": Rule,
    "four-eyes": FourEyes,
    "evidence": Evidence,
    "receipt-number": Rule,
    "bank-reference-once": Rule,
    "unclaimed-age": UnclaimedAge,
    "recording-delay": RecordingDelay,
    "pledge-lapse": PledgeLapse,
    "period-sealed": Rule,
}
"""Every rule with the model of its directive, in the order in which they are applied."""

STRUCTURE = frozenset({"donor-registered", "pledge-lifecycle", "conservation", "bank-balance", "period-sealed"})
"""Rules that hold the book itself together: always in force, for all, as errors; no directive and no waiver lifts them."""

DOCUMENTS = frozenset({"purpose-evidenced", "agreement-required", "acceptance-recorded", "evidence"})
"""Rules about papers that may still be on their way: on an entry flagged `!` they warn, and do not stop it."""
