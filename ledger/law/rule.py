"""How a rule of the fund's law is declared: in the one module where it lives.

    class UnclaimedAge(Terms):
        days: Count

    RULE = Rule("unclaimed-age", UnclaimedAge, messages={"too-old": Message(...)})

    @RULE.check
    def unclaimed_too_long(fund: Fund) -> Iterator[Finding]: ...

The docstring of the module in which the check stands is the specification: the rule, its source, a ledger that breaks
it and one that keeps it. What reads `custom "rule"`, judges, explains and documents asks the declaration;
`plugins.rules` lists the rules in the order in which they are applied.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import cleandoc

from ledger.ground.findings import Catalogue, Finding, Message
from ledger.language.law import Schema, Terms
from ledger.model.fund import Fund

Check = Callable[[Fund], Iterator[Finding]]
"""Yields what is wrong with a book. It changes nothing, and asks nothing but the book."""


class Rule(Catalogue):
    """A rule: its id (`rule`), all that it can say (`messages`), what a book may set of it, and its check.

    `terms` is the model of its `custom "rule"` directive; None where no directive sets it, because it is about the
    directives themselves. A `structural` rule holds the book itself together: always in force, for all, as errors; no
    directive and no waiver lifts it. A `documentary` one is about papers that may still be on their way: on an entry
    flagged `!` it warns, and does not stop it.
    """

    def __init__(
        self,
        rule: str,
        terms: type[Terms] | None = Terms,
        *,
        messages: Mapping[str, Message],
        structural: bool = False,
        documentary: bool = False,
    ) -> None:
        super().__init__(rule, messages)
        self.terms = terms
        self.structural = structural
        self.documentary = documentary
        self._check: Check | None = None

    def check(self, check: Check) -> Check:
        """Attach the check, as its decorator."""
        self._check = check
        return check

    def findings(self, fund: Fund) -> Iterator[Finding]:
        """Apply the rule to a book."""
        return self._attached(fund)

    @property
    def specification(self) -> str:
        """The docstring of the module in which the check stands."""
        return cleandoc(sys.modules[self._attached.__module__].__doc__ or "")

    @property
    def _attached(self) -> Check:
        if self._check is None:
            raise TypeError(f"the rule {self.rule} has no check: decorate a function with @RULE.check")
        return self._check


def schema(rules: Iterable[Rule]) -> Schema:
    """Return what a book may set of some rules, in their order."""
    settable = [(rule, rule.terms) for rule in rules if rule.terms is not None]
    return Schema(
        {rule.rule: terms for rule, terms in settable},
        structure=frozenset(rule.rule for rule, _ in settable if rule.structural),
        documents=frozenset(rule.rule for rule, _ in settable if rule.documentary),
    )
