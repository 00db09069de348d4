"""A waiver lets one case pass."""

import json
from pathlib import Path

from tests.funds import DAY, RECEIPT, codes, ok, vfund


def test_a_waiver_lets_one_case_pass_and_is_listed(main: Path) -> None:
    line = RECEIPT.replace(" --agreement Note", "")
    assert vfund(line).exit_code == 1
    ok(f"waive agreement-required MEX --reason 'Copy follows' --expires {DAY} --by treasurer-1")
    assert "waiver/unused" in codes(main)  # recorded ahead of its entry
    ok(line)
    assert not [code for code in codes(main) if code.startswith(("waiver", "agreement"))]
    facts = json.loads(vfund("check --json").stdout)
    assert [(item["rule"], len(item["findings"])) for item in facts["waived"]] == [("agreement-required", 1)]
    assert "Waived: 1 finding by 1 waiver" in vfund("check").output
