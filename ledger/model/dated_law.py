"""Which rule is in force on a day for a donor category: the book's `rule` directives, looked up by date.

The rule in force on the date of an entry judges it; a later directive supersedes from its date on and never re-judges
the past (design decision 6). Where one directive is for a category and another for all, the special one counts.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from ledger.ground.findings import EVERY_CATEGORY
from ledger.language.law import Schema, Terms

T = TypeVar("T", bound=Terms)


class Law:
    """The dated law of one book; `schema` says of which rules it may speak, and which of them it cannot change."""

    def __init__(self, rules: Iterable[Terms], schema: Schema) -> None:
        self.schema = schema
        self._rule_of = {kind: rule for rule, kind in schema.terms.items()}
        self._terms: dict[tuple[str, str], list[Terms]] = {}
        for rule in sorted(rules, key=lambda item: item.day):
            self._terms.setdefault((rule.rule, rule.category), []).append(rule)

    @property
    def rules(self) -> list[Terms]:
        """Every directive, by rule, category and date."""
        return [rule for terms in self._terms.values() for rule in terms]

    def silent(self, categories: Iterable[str], day: date) -> list[tuple[str, str]]:
        """Return the rules that a book must speak of on a day, and does not, each with the category that it leaves out."""
        categories_in_order = (*categories, EVERY_CATEGORY)
        rules = [name for name in self.schema.terms if name not in self.schema.structure]
        left_out = {name: [c for c in categories_in_order if self.on(name, c, day) is None] for name in rules}
        return [
            (name, EVERY_CATEGORY if len(missing) == len(categories_in_order) else missing[0])
            for name, missing in left_out.items()
            if missing
        ]

    def on(self, rule: str, category: str, day: date) -> Terms | None:
        """Return the directive in force, also one that turns the rule off; None when there is none yet."""
        special = self._terms.get((rule, category))
        result = _in_force(special, day) if special else None
        if result is None and (general := self._terms.get((rule, EVERY_CATEGORY))):
            result = _in_force(general, day)
        return result

    def anywhere(self, rule: str, day: date) -> Terms | None:
        """Return a directive in force for some category, for what concerns the rule itself and no one donor."""
        result = (self.on(rule, category, day) for name, category in self._terms if name == rule)
        return next((terms for terms in result if terms is not None and terms.severity != "off"), None)

    def terms(self, kind: type[T], category: str, day: date) -> T | None:
        """Return the terms in force of the one rule that declares them; None when it is not in force, or turned off.

        Raises:
            TypeError: for `Terms` themselves, which many rules take as they are: whether one of those is in force is
                for `on` to say.

        """
        if kind is Terms:
            raise TypeError("several rules have no terms of their own: ask for one by its id")
        result = self.on(self._rule_of.get(kind, ""), category, day)
        return result if isinstance(result, kind) and result.severity != "off" else None


def _in_force(terms: list[Terms], day: date) -> Terms | None:
    if terms[-1].day <= day:
        return terms[-1]
    position = bisect_right(terms, day, key=lambda item: item.day)
    return terms[position - 1] if position else None
