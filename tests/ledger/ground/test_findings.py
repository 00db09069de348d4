"""A finding: what is wrong, where, and how to mend it."""

import pytest

from ledger.ground.findings import Catalogue, Message

AT = {"filename": "main.beancount", "lineno": 7}
CATALOGUE = Catalogue("example", {"wrong": Message("{n} is wrong.", "make it {n}.", open=True)})


def test_a_message_of_a_catalogue_becomes_a_finding() -> None:
    found = CATALOGUE.finding("wrong", AT, n=5)
    assert (found.rule, found.code, found.where, found.line) == ("example", "example/wrong", "main.beancount:7", 7)
    assert found.message == "5 is wrong. To mend: make it 5. [house rule]"


def test_what_waits_for_somebody_is_an_open_point() -> None:
    found = CATALOGUE.finding("wrong", AT, n=5)
    assert (found.standing, found._replace(severity="warning").standing) == ("open point", "warning")


def test_a_catalogue_knows_its_messages_only() -> None:
    with pytest.raises(KeyError):
        CATALOGUE.finding("unknown", AT)
