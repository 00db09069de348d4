"""What one directive says of another."""

from ledger.language.cross_check import cross_check
from plugins.rules import SCHEMA
from tests.conftest import Load


def test_names_are_declared_and_nothing_is_said_twice(book: Load) -> None:
    text = """
    2016-01-01 custom "purpose" "country-visits"
      name-en: "Again"
      basis: "example"
    2016-01-01 custom "donor-contact" "MEXX"
      email: "x@example.org"
    """
    found = list(cross_check(book(text).fund.directives, SCHEMA))
    assert [finding.code for finding in found] == ["language/twice", "language/unknown-reference"]
    assert "did you mean 'MEX'?" in found[1].message


def test_a_whole_book_has_nothing_to_be_said_of_it(book: Load) -> None:
    assert list(cross_check(book("").fund.directives, SCHEMA)) == []
