"""How a rule is declared."""

from collections.abc import Iterator

import pytest

from ledger.ground.findings import Finding, Message
from ledger.language.law import FourEyes
from ledger.law.rule import Rule, schema
from ledger.model.fund import Fund
from tests.books import SMALL
from tests.conftest import Load


def test_a_rule_finds_by_its_check_and_is_specified_by_the_docstring_around_it(book: Load) -> None:
    rule = Rule("no-refunds", messages={"refund": Message("{payee} was paid back.", "keep it.")})

    @rule.check
    def refunds(fund: Fund) -> Iterator[Finding]:
        for entry in fund.entries:
            if "refund" in entry.txn.tags:
                yield rule.finding("refund", entry.txn, payee=entry.txn.payee)

    assert [str(finding.what) for finding in rule.findings(book(SMALL).fund)] == ["Mexico was paid back."]
    assert rule.specification == "How a rule is declared."


def test_a_rule_without_a_check_says_so() -> None:
    with pytest.raises(TypeError, match="has no check"):
        Rule("idle", messages={}).specification  # noqa: B018 - it is asked for


def test_a_schema_says_what_a_book_may_set() -> None:
    found = schema(
        [Rule("a", FourEyes, messages={}), Rule("b", messages={}, structural=True), Rule("c", None, messages={})]
    )
    assert (list(found.terms), found.structure, found.documents) == (["a", "b"], {"b"}, frozenset())
