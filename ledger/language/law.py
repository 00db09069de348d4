"""The rules of the fund's law as a book may set them.

`custom "rule"`, effective-dated, per donor category or for all (`"*"`).

A directive is in force from its date until a later one of the same rule and category. A directive for one category
stands before the one for all, whichever is the later (a special law is not repealed by a general one). `severity:
"off"` needs a `reason` and no parameters.

What a rule takes is declared in its own module below `plugins.rules`. The terms of five rules stand here, because the
model of the book itself works with them: what a receipt is charged, what a rate may be, who bears exchange differences,
which entries wait or need a document.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field

from ledger.language.models import Directive, Slug, Text
from ledger.language.patterns import CATEGORY, KINDS

Count = Annotated[Decimal, Field(ge=0, le=36_500)]
"""Days, months or years; a hundred years of days are enough."""
Money = Annotated[Decimal, Field(ge=0)]
Share = Annotated[Decimal, Field(ge=0, le=100)]


class Limit(NamedTuple):
    """A threshold in the unit of account, and within how many days entries are judged together."""

    above: Decimal
    days: int


class Terms(Directive):
    """What every rule takes; the terms of a rule with parameters of its own are a subclass."""

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
        """Return the parameters by the name under which they stand in the book."""
        own = type(self).model_fields.keys() - Terms.model_fields.keys()
        values = {name: getattr(self, name) for name in type(self).model_fields if name in own}
        return {name.replace("_", "-"): value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Schema:
    """What a book may set: the model of each rule's directive by the id of the rule, in the order of the rules.

    `structure` are the rules that hold the book together, `documents` those about papers (`ledger.law.rule.Rule`). A
    book that does not run the plugin has an empty schema: no rule is known to it.
    """

    terms: Mapping[str, type[Terms]] = field(default_factory=dict)
    structure: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()


class IndirectCostRecovery(Terms):
    """`rate`: per cent of what is received, before bank charges."""

    rate: Share


class ExchangeRate(Terms):
    """`percent`: how far a rate may be from that in force. `days`: how old that may be."""

    percent: Share
    days: Count


class ExchangeDifferences(Terms):
    """`borne-by`: `purpose` or `unearmarked` money. `days`: how long money may be in transit between two accounts."""

    borne_by: Literal["purpose", "unearmarked"] = "purpose"
    days: Count = Decimal(30)


class FourEyes(Terms):
    """`above`: entries that move more than this, in the unit of account, wait for another officer's approval.

    `days`: entries of one kind for one payee within so many days are judged together.
    """

    above: Money
    days: Count = Decimal(7)

    @cached_property
    def limit(self) -> Limit:
        """Both as one."""
        return Limit(self.above, int(self.days))


class Evidence(Terms):
    """`kinds`: the kinds of entry that need a document, with commas.

    Those that move more than `above`, or than the number of their own (`loan above 1000`).

    `days`: entries of one kind for one payee within so many days are judged together. `statement-days`: how long an
    account that statements have asserted may go on without a later one.
    """

    kinds: Annotated[str, Field(pattern=KINDS)]
    above: Money = Decimal(0)
    days: Count = Decimal(7)
    statement_days: Count = Decimal(62)

    @cached_property
    def limits(self) -> dict[str, Limit]:
        """The limit of each kind; the lower where a kind is named twice."""
        parts = [part.partition(" above ") for part in read_list(self.kinds)]
        pairs = [(kind, Limit(Decimal(number) if number else self.above, int(self.days))) for kind, _, number in parts]
        return dict(sorted(pairs, key=lambda pair: pair[1], reverse=True))


def read_list(text: str | None) -> set[str]:
    """Read a parameter that is a list with commas."""
    return {word.strip() for word in (text or "").split(",") if word.strip()}
