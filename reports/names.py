"""What categories, donors and purposes are called in a report, and in which order they stand.

The order is the same in every language.
"""

from ledger.law.publication import donor_name
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from reports.scope import Scope

ANONYMOUS = "~"
"""Sorts what is not named behind every donor."""


class Names:
    """Names of one report; `categories` by account component, in the order of the book.

    A key sorts by the category's place in the book, its account component, then the donor's.
    """

    def __init__(self, fund: Fund, scope: Scope) -> None:
        self._fund, self._scope = fund, scope
        self.categories = {c.accounts: c.name(scope.language) for c in fund.registry.categories.values()}
        self._places = {accounts: place for place, accounts in enumerate(self.categories)}
        self._purposes = {item.slug: item.name(scope.language) for item in fund.directives.purposes}

    def category_of(self, slug: str) -> str:
        """Return the name of a category by its slug."""
        result = self._fund.registry.categories.get(slug)
        return result.name(self._scope.language) if result else slug

    def category(self, component: str) -> str:
        """Return the name of a category."""
        return self.categories.get(component, component)

    def hidden(self, entry: Entry) -> bool:
        """Return whether an entry is shown without its donor."""
        return self._scope.published and entry in self._fund.unnamed

    def hidden_at(self, where: str) -> bool:
        """Return whether the entry at a place, `file:line`, is shown without its donor."""
        return self._scope.published and where in self._fund.unnamed_places

    def donor(self, component: str, entry: Entry) -> str:
        """Return the name of a donor in one entry; a donor who asked for it is not named in what is published."""
        return donor_name(self._fund, component, entry, self._scope.language, published=self._scope.published)

    def redact(self, text: str, entry: Entry) -> str:
        """Return a text of an entry; nothing where it might tell who is not to be named."""
        return "" if self.hidden(entry) else text

    def purpose(self, slug: str) -> str:
        """Return the name of a purpose."""
        return self._purposes.get(slug, slug)

    def key(self, category: str, donor: str, entry: Entry) -> tuple[int, str, str]:
        """Return the key of a donor in one category; all who are not named have the same."""
        place = self._places.get(category, len(self._places))
        return place, category, ANONYMOUS if self.hidden(entry) else donor
