"""Which rule is in force on a day for a donor category: the book's `rule` directives, looked up by date.

The rule in force on the date of an entry judges it; a later directive supersedes from its date on and never re-judges the past (design
decision 6). Where one directive is for a category and another for all, the special one counts.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from ledger.findings import EVERY_CATEGORY
from ledger.language.law import RULES, STRUCTURE, Rule

R = TypeVar("R", bound=Rule)


class Law:
    """The dated law of one book."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._terms: dict[tuple[str, str], list[Rule]] = {}
        for rule in sorted(rules, key=lambda item: item.day):
            self._terms.setdefault((rule.rule, rule.category), []).append(rule)

    @property
    def rules(self) -> list[Rule]:
        """Every directive, by rule, category and date."""
        return [rule for terms in self._terms.values() for rule in terms]

    @property
    def silent(self) -> list[str]:
        """The rules that a book must speak of, and does not."""
        spoken = {name for name, _ in self._terms}
        return [name for name in RULES if name not in spoken and name not in STRUCTURE]

    def on(self, rule: str, category: str, day: date) -> Rule | None:
        """Give the directive in force, also one that turns the rule off; None when there is none yet."""
        special = self._terms.get((rule, category))
        found = _in_force(special, day) if special else None
        if found is None and (general := self._terms.get((rule, EVERY_CATEGORY))):
            found = _in_force(general, day)
        return found

    def anywhere(self, rule: str, day: date) -> Rule | None:
        """Give a directive in force for some category, for what concerns the rule itself and no one donor."""
        found = (self.on(rule, category, day) for name, category in self._terms if name == rule)
        return next((terms for terms in found if terms is not None and terms.severity != "off"), None)

    def terms(self, rule: str, kind: type[R], category: str, day: date) -> R | None:
        """Give the parameters in force; None when the rule is not in force or turned off."""
        found = self.on(rule, category, day)
        return found if isinstance(found, kind) and found.severity != "off" else None


def _in_force(terms: list[Rule], day: date) -> Rule | None:
    if terms[-1].day <= day:
        return terms[-1]
    position = bisect_right(terms, day, key=lambda item: item.day)
    return terms[position - 1] if position else None
