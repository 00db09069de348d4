"""Unclaimed money: its age, and its identification."""

import json
from pathlib import Path

from ledger.book.loading import load
from tests.funds import YEAR, ok, vfund


def test_unclaimed_money_is_aged_and_identified_with_both_ends_kept(main: Path) -> None:
    ok(f"unclaimed --amount '500 USD' --bank-reference FT-9 --date {YEAR}-01-10")
    assert "80" in ok(f"unclaimed --list --as-of {YEAR}-03-31")
    listed = json.loads(ok(f"unclaimed --list --as-of {YEAR}-04-11 --json"))
    assert [(i["link"], i["days"], i["left"]) for i in listed["unclaimed"]] == [(f"UR-{YEAR}-001", 91, "500.00")]
    assert "unclaimed-age/too-old" in [
        f["code"] for f in json.loads(vfund(f"check --json --as-of {YEAR}-04-11").stdout)["errors"]
    ]
    ok(
        f"agreement --donor Mexico --amount '300 USD' --due {YEAR}-12-31 --date {YEAR}-02-01 --agreement Letters --purpose reports"
    )
    ok(f"identify UR-{YEAR}-001 --amount '300 USD' --settles PL-{YEAR}-001/1 --date {YEAR}-03-01")
    ok(f"identify UR-{YEAR}-001 --donor Chile --purpose reports --agreement Letter --date {YEAR}-03-02")
    assert "no unclaimed receipts" in ok("unclaimed --list")
    fund = load(main).fund
    ends = [sorted(entry.txn.links) for entry in fund.entries if f"UR-{YEAR}-001" in entry.txn.links]
    assert ends == [[f"UR-{YEAR}-001"], [f"PL-{YEAR}-001", f"UR-{YEAR}-001"], [f"UR-{YEAR}-001"]]
    assert fund.pledges[f"PL-{YEAR}-001"].outstanding("USD") == 0
