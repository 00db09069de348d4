"""`vfund check`: by rule, counted, as JSON."""

import json

import pytest

from ledger.ground.findings import Finding
from tests.funds import RECEIPT, ok, vfund


@pytest.mark.usefixtures("main")
def test_check_groups_by_rule_counts_and_shows_one_rule() -> None:
    ok(RECEIPT)
    done = vfund("check")
    assert done.exit_code == 1
    for words in (
        "— evidence: no errors, 1 open point, no warnings —",
        "By rule: evidence 1, four-eyes 1",
        "Source: ",
        "To mend: ",
    ):
        assert words in done.output
    assert "four-eyes" not in vfund("check --rule evidence").output.replace("By rule", "")


@pytest.mark.usefixtures("main")
def test_every_finding_of_check_has_its_parts_as_json() -> None:
    ok(RECEIPT)
    (first, *_) = json.loads(vfund("check --json").stdout)["errors"]
    assert first["open"] is True
    assert first["rule"] in first["code"]
    assert {"what", "mend", "citation", "file", "line", "message"} <= first.keys()
    assert (
        Finding({}, first["what"], None, first["code"], mend=first["mend"], citation=first["citation"]).message
        == first["message"]
    )
