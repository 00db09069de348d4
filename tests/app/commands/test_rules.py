"""The law of the book, listed and explained."""

import json

import pytest

from tests.funds import ok


@pytest.mark.usefixtures("main")
def test_the_law_is_listed_as_of_a_day_and_explained() -> None:
    early = json.loads(ok("rules --as-of 2010-12-31 --json"))["rules"]
    late = json.loads(ok("rules --as-of 2016-12-31 --json"))["rules"]
    days = [next(rule["parameters"] for rule in rules if rule["rule"] == "interfund") for rules in (early, late)]
    assert days == ["days 0", "days 60"]
    assert "OFF: States need no clearance" in ok("rules")
    assert "to be confirmed" in ok("rules --category member-state")
    shown = ok("explain indirect-cost-recovery")
    for words in ("Breaks it", "Keeps it", "rate 11", "wrong-charge", "example, to be confirmed"):
        assert words in shown
    assert "neither turned off nor waived" in ok("explain conservation")
