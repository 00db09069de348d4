"""Custom directives become models; each mistake is one finding."""

from ledger.language.parse import parse
from plugins.rules import SCHEMA
from tests.conftest import Load

BOOK = """
2016-01-01 custom "purpose" "reports"
  name-en: "Reports"
  basis: "example"
2016-01-02 custom "purpos" "visits"
2016-01-03 custom "purpose"
2016-01-04 custom "purpose" "more"
  name-en: "More"
  bassis: "example"
2016-01-05 custom "fava-option" "x" "y"
"""


def test_what_is_right_is_kept_and_every_mistake_is_found(book: Load) -> None:
    directives, findings = parse(book(BOOK).fund.contents.customs, SCHEMA)
    assert [purpose.slug for purpose in directives.purposes] == ["country-visits", "reports"]
    assert sorted(finding.code for finding in findings) == [
        "language/missing-key",
        "language/unknown-directive",
        "language/unknown-key",
        "language/values",
    ]
